package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code devca doctor} names each fault that is planted, with real clients and servers. */
@Timeout(900)
final class DoctorIT {
  private static final String HOME = "/home/Zoë Müller";
  private static final String FOLDER = HOME + "/site";
  private static final String CA = HOME + "/.local/share/devca";
  private static final String SERVER = "https://localhost:8443/";

  private Sandbox sandbox;
  private Caller user;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    Clients.all(sandbox);
    Prerequisite.program(sandbox, "git", "git");
    Prerequisite.program(sandbox, "gnutls-cli", "gnutls-bin");
    Prerequisite.program(sandbox, "tstclnt", "libnss3-tools");
    sandbox.newHome(HOME);
    user = sandbox.root().env("HOME", HOME).in(HOME).limit(Duration.ofMinutes(3));
    user.run("mkdir", FOLDER).ok();
    user = user.in(FOLDER);
    user.run("mkdir", "-p", HOME + "/.pki/nssdb").ok();
    user.run("certutil", "-N", "--empty-password", "-d", "sql:" + HOME + "/.pki/nssdb").ok();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  private NginxServer nginx(String chain, String key) {
    return NginxServer.start(sandbox, FOLDER + "/" + chain, FOLDER + "/" + key);
  }

  private Running openssl(String chain, String key) {
    Running server =
        user.limit(Duration.ofMinutes(5))
            .start("openssl", "s_server", "-cert", chain, "-key", key, "-www", "-quiet");
    assertThat(sandbox.awaitListening("localhost/4433")).isTrue();
    return server;
  }

  /** The doctor for one of the servers, with a client of each library. */
  private CommandResult doctor(String server) {
    return user.devca("doctor", server, "--only", "curl,openssl,node,nss");
  }

  /** Each row of a kind begins so. */
  private static String row(CommandResult result, String name) {
    return result
        .stderr()
        .lines()
        .dropWhile(line -> !line.startsWith("  " + name))
        .limit(2)
        .reduce("", (all, line) -> all + line.strip().replaceAll(" {2,}", "  ") + "\n");
  }

  @Test
  void doctor_ownServer_isRefusedByAllThenTrustedByAll() {
    user.devca("issue", "localhost").ok();

    CommandResult before = user.devca("doctor", "--json").exits(3);

    assertThat(before.stdout())
        .contains("\"findings\" : [ ]")
        .doesNotContain("\"trusts\"", "unasked");
    for (String kind :
        new String[] {
          "curl", "wget", "git", "openssl", "gnutls", "go", "python", "node", "java", "nss"
        }) {
      assertThat(before.stdout()).contains("\"kind\" : \"" + kind + "\"");
    }
    assertThat(row(before, "Node.js")).contains("the root is not in its store", "devca install");

    user.devca("install").ok();
    CommandResult newShell = user.devca("doctor").exits(3);

    assertThat(row(newShell, "Node.js"))
        .contains("NODE_EXTRA_CA_CERTS is not set in this shell", "Try: eval \"$(devca env)\"");
    assertThat(newShell.stderr().lines().filter(line -> line.contains("refuses")))
        .allMatch(line -> line.contains("Node.js") || line.contains("is not set in this shell"));
    CommandResult after =
        user.run(
            "bash",
            "-lc",
            "eval \"$(\"$1\" env)\"; exec \"$1\" doctor --json",
            "bash",
            Caller.LAUNCHER);
    assertThat(after.ok().stdout()).contains("\"trusts\"").doesNotContain("refuses", "unasked");
  }

  @Test
  void doctor_variables_areNamedWithWhatMendsThem() {
    // A keystore that is not there the JDK passes over.
    user.run("cp", "/etc/ssl/certs/java/cacerts", "before.jks").ok();
    user.devca("install").ok();
    Caller wrong = user;
    Map<String, String> planted =
        Map.of(
            "CURL_CA_BUNDLE", "/nowhere/curl.pem",
            "GIT_SSL_CAINFO", "/nowhere/git.pem",
            "SSL_CERT_FILE", "/nowhere/ssl.pem",
            "SSL_CERT_DIR", "/nowhere",
            "NODE_EXTRA_CA_CERTS", "/nowhere/node.pem",
            "JAVA_TOOL_OPTIONS", "-Djavax.net.ssl.trustStore=before.jks");
    for (Map.Entry<String, String> variable : planted.entrySet()) {
      wrong = wrong.env(variable.getKey(), variable.getValue());
    }

    CommandResult result = wrong.devca("doctor").exits(3);

    assertThat(row(result, "curl"))
        .contains(
            "CURL_CA_BUNDLE names /nowhere/curl.pem, which is not there",
            "Try: unset CURL_CA_BUNDLE");
    assertThat(row(result, "git"))
        .contains("GIT_SSL_CAINFO names /nowhere/git.pem", "Try: unset GIT_SSL_CAINFO");
    assertThat(row(result, "OpenSSL"))
        .contains(
            "SSL_CERT_FILE names /nowhere/ssl.pem, which is not there", "Try: unset SSL_CERT");
    assertThat(row(result, "Python ("))
        .contains(
            "SSL_CERT_FILE names /nowhere/ssl.pem, which is not there", "Try: unset SSL_CERT");
    assertThat(row(result, "Node.js"))
        .contains(
            "NODE_EXTRA_CA_CERTS names /nowhere/node.pem, which is not there",
            "Try: eval \"$(devca env)\"");
    assertThat(row(result, "Java"))
        .contains("JAVA_TOOL_OPTIONS is -Djavax", "Try: unset JAVA_TOOL_OPTIONS");
    assertThat(row(result, "wget")).contains("trusts");
  }

  @Test
  void doctor_serversFaults_areNamed() {
    user.devca("install").ok();
    user.devca("issue", "other.test").ok();
    try (NginxServer server = nginx("other.test.pem", "other.test-key.pem")) {
      CommandResult result = doctor(SERVER).exits(3);
      assertThat(result.stderr())
          .contains(
              "problem      localhost is not among its names: other.test",
              "Try: devca issue localhost other.test");
      assertThat(row(result, "curl")).contains("refuses: curl: (60)").doesNotContain("Try");
    }
    user.run("cp", CA + "/rootCA.pem", CA + "/rootCA-key.pem", FOLDER).ok();
    // By TLS 1.2, which is what this nginx speaks, it cannot even be shown.
    try (NginxServer server = nginx("rootCA.pem", "rootCA-key.pem")) {
      assertThat(doctor(SERVER).exits(1).stderr())
          .contains("none that it may use, as when it was given the root itself");
    }
    try (Running server = openssl("rootCA.pem", "rootCA-key.pem")) {
      assertThat(doctor("localhost:4433").exits(3).stderr())
          .contains("problem      it is a root certificate itself", "Try: devca issue localhost");
    }
    user.run("bash", "-c", PLANT).ok();
    try (NginxServer server = nginx("expired.pem", "expired.key")) {
      CommandResult result = doctor(SERVER).exits(3);
      assertThat(result.stderr()).contains("problem      the certificate expired at 20");
      assertThat(row(result, "Node.js")).contains("refuses: CERT_HAS_EXPIRED");
    }
    try (NginxServer server = nginx("alone.pem", "alone.key")) {
      CommandResult result = doctor(SERVER).exits(3);
      assertThat(result.stderr())
          .contains(
              "problem      its issuer 'CN=int' is not your CA and is not sent with it: an"
                  + " intermediate is missing");
      assertThat(row(result, "OpenSSL")).contains("refuses: ").doesNotContain("Try:");
    }
    try (NginxServer server = nginx("whole.pem", "alone.key")) {
      CommandResult result = doctor(SERVER);
      assertThat(result.stderr()).doesNotContain("problem");
      assertThat(row(result, "curl")).contains("trusts");
    }
    try (NginxServer server = nginx("self.pem", "self.key")) {
      assertThat(doctor(SERVER).exits(3).stderr())
          .contains("problem      the certificate is signed by itself, not by a CA");
    }
    assertThat(user.devca("doctor", "localhost:8443").exits(1).stderr())
        .isEqualTo(
            """
            devca: cannot connect to https://localhost:8443/: nothing listens there
            Try: start the server, or name another one
            """);
  }

  /** Certificates that devca does not make, with its root. */
  private static final String PLANT =
      """
      set -eu
      leaf() {
        openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \\
          -keyout "$1.key" -out "$1.csr" 2> log
        openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$3" -days "$4" -set_serial "0x7$RANDOM" \\
          -extfile <(printf "$5") -out "$1.pem" 2> log
      }
      server='subjectAltName=DNS:localhost\\nextendedKeyUsage=serverAuth\\nbasicConstraints=CA:false'
      leaf expired rootCA rootCA-key.pem -1 "$server"
      leaf int rootCA rootCA-key.pem 30 'basicConstraints=critical,CA:true\\nkeyUsage=keyCertSign'
      leaf alone int int.key 30 "$server"
      cat alone.pem int.pem > whole.pem
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=self \\
        -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:false \\
        -keyout self.key -out self.pem 2> log
      """;

  @Test
  void doctor_file_checksChainAndKeyAndStartsNothing() {
    user.devca("issue", "localhost").ok();
    user.devca("issue", "other.test").ok();

    assertThat(user.devca("doctor", "localhost.pem").ok().stderr())
        .contains("File localhost.pem", "names        localhost", "key          localhost-key.pem")
        .endsWith("Nothing is wrong with it.\n");
    assertThat(
            user.devca("doctor", "localhost.pem", "--key", "other.test-key.pem").exits(3).stderr())
        .contains(
            "problem      the key in other.test-key.pem is not that of the certificate",
            "Try: devca issue localhost");
  }
}
