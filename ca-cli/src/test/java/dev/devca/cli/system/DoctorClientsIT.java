package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code devca doctor} with a fault planted for each client of a machine that trusts. */
@Timeout(600)
final class DoctorClientsIT {
  private static final String HOME = "/home/Zoë Müller";
  private static final String BUNDLE = "/etc/ssl/certs/ca-certificates.crt";
  private static final String NOT_THERE = "the root is not in its store";

  @AutoClose private Sandbox sandbox;
  private Caller user;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    Clients.curl(sandbox);
    Clients.wget(sandbox);
    Clients.openssl(sandbox);
    Clients.requests(sandbox);
    Clients.pip(sandbox);
    Clients.node(sandbox);
    Prerequisite.program(sandbox, "git", "git");
    Prerequisite.program(sandbox, "gnutls-cli", "gnutls-bin");
    Prerequisite.program(sandbox, "tstclnt", "libnss3-tools");
    sandbox.newHome(HOME);
    user = sandbox.root().env("HOME", HOME).in(HOME).limit(Duration.ofMinutes(3));
  }

  /** The rows of a kind of client, each with its "Try:". */
  private static List<String> rows(CommandResult result, String name) {
    List<String> rows = new ArrayList<>();
    for (String line : result.stderr().lines().toList()) {
      if (line.startsWith("  ") && !line.startsWith("   ")) {
        rows.add(line.strip().replaceAll(" {2,}", "  "));
      } else if (!rows.isEmpty() && line.strip().startsWith("Try: ")) {
        rows.set(rows.size() - 1, rows.get(rows.size() - 1) + "\n" + line.strip());
      }
    }
    List<String> found = rows.stream().filter(row -> row.startsWith(name)).toList();
    assertThat(found).as("%s in %s", name, result).isNotEmpty();
    return found;
  }

  private static void assertRefuses(
      CommandResult result, String name, String reason, String remedy) {
    assertThat(rows(result, name))
        .as("%s", result)
        .allSatisfy(row -> assertThat(row).endsWith("refuses: " + reason + "\nTry: " + remedy));
  }

  @Test
  void doctor_variableThatNamesAnotherFile_isNamed() {
    user.devca("install", "--only", "debian,node").ok();
    user.devca("ca", "create", "--ca", "other").ok();
    String other = user.devca("root", "--ca", "other").ok().stdout().strip();
    String lacks = " names " + other + ", which lacks the root";
    // Debian's curl and git look into the folder of the system's certificates too, and trust.
    Caller elsewhere =
        user.env("SSL_CERT_DIR", "/var/empty")
            .env("SSL_CERT_FILE", other)
            .env("REQUESTS_CA_BUNDLE", other)
            .env("NODE_EXTRA_CA_CERTS", other);

    CommandResult result =
        elsewhere.devca("doctor", "--only", "openssl,go,python,requests,node").exits(3);

    for (String client : List.of("OpenSSL", "Go programs", "Python (")) {
      assertRefuses(result, client, "SSL_CERT_FILE" + lacks, "unset SSL_CERT_FILE");
    }
    assertRefuses(
        result, "Python requests", "REQUESTS_CA_BUNDLE" + lacks, "unset REQUESTS_CA_BUNDLE");
    assertRefuses(result, "Node.js", "NODE_EXTRA_CA_CERTS" + lacks, "eval \"$(devca env)\"");
    assertRefuses(
        user.env("PIP_CERT", other).devca("doctor", "--only", "pip").exits(3),
        "pip",
        "PIP_CERT" + lacks,
        "unset PIP_CERT");
  }

  @Test
  void doctor_variableThatNamesNoFile_isNamed() {
    user.devca("install", "--only", "debian,node").ok();
    Caller gone =
        user.env("REQUESTS_CA_BUNDLE", "/no/ca.pem")
            .env("SSL_CERT_FILE", "/no/ca.pem")
            .env("NODE_EXTRA_CA_CERTS", "/no/ca.pem");

    CommandResult result = gone.devca("doctor", "--only", "go,requests,node").exits(3);

    assertNamed(result, "Go programs", "SSL_CERT_FILE", "unset SSL_CERT_FILE");
    assertNamed(result, "Python requests", "REQUESTS_CA_BUNDLE", "unset REQUESTS_CA_BUNDLE");
    assertNamed(result, "Node.js", "NODE_EXTRA_CA_CERTS", "eval \"$(devca env)\"");
    assertNamed(
        user.env("PIP_CERT", "/no/ca.pem").devca("doctor", "--only", "pip").exits(3),
        "pip",
        "PIP_CERT",
        "unset PIP_CERT");
  }

  private static void assertNamed(
      CommandResult result, String name, String variable, String remedy) {
    assertThat(rows(result, name))
        .allSatisfy(
            row ->
                assertThat(row)
                    .contains(": " + variable + " names /no/ca.pem, which is not there")
                    .endsWith("\nTry: " + remedy));
  }

  @Test
  void doctor_storeThatLostTheRoot_isTheOneThatRefuses() {
    String database = HOME + "/.pki/nssdb";
    user.run("mkdir", "-p", database).ok();
    user.run("certutil", "-N", "--empty-password", "-d", "sql:" + database).ok();
    Jdk own = Jdk.installed(sandbox).get(0).withOwnCacerts(sandbox, "/opt/jdk-own");
    user.devca("install").ok();
    String[] asked = {"doctor", "--only", "curl,wget,gnutls,go,java,nss"};
    String root = user.devca("root").ok().stdout().strip();

    user.run("certutil", "-D", "-d", "sql:" + database, "-n", nickname(database)).ok();
    String cacerts = own.home() + "/lib/security/cacerts";
    user.devca("uninstall", "--only", "java:" + cacerts).ok();
    String takeOut =
        "import sys; p, r = sys.argv[1:]; t = open(p).read(); open(p, 'w').write(t.replace(open(r).read(), ''))";
    user.run("/usr/bin/python3", "-c", takeOut, BUNDLE, root).ok();
    CommandResult result = user.devca(asked).exits(3);

    assertRefuses(result, "Chromium", NOT_THERE, "devca install");
    assertThat(rows(result, "Java"))
        .allSatisfy(
            row -> {
              if (row.contains(own.home())) {
                assertThat(row).endsWith("refuses: " + NOT_THERE + "\nTry: devca install");
              } else {
                assertThat(row).endsWith("trusts");
              }
            });
    // They read the bundle alone; curl's OpenSSL finds the anchor's own file.
    for (String client : List.of("wget", "GnuTLS", "Go programs")) {
      assertRefuses(result, client, NOT_THERE, "devca install");
    }
    assertThat(rows(result, "curl")).allMatch(row -> row.endsWith("trusts"));

    user.devca("install").ok();
    user.devca(asked).ok();
  }

  private String nickname(String database) {
    return user.run("certutil", "-L", "-d", "sql:" + database)
        .ok()
        .stdout()
        .lines()
        .filter(line -> line.contains("devca"))
        .findFirst()
        .orElseThrow()
        .replaceAll("\\s+C,,\\s*$", "");
  }
}
