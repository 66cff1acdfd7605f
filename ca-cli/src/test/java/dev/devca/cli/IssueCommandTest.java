package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "it looks into the CA folder where Linux has it")
class IssueCommandTest {
  @TempDir Path home;
  Path chain;
  Path key;

  @BeforeEach
  void names() {
    chain = home.resolve("app.pem");
    key = home.resolve("app-key.pem");
  }

  private CommandLineRun issue(String... more) {
    String[] arguments = new String[more.length + 5];
    arguments[0] = "issue";
    System.arraycopy(more, 0, arguments, 1, more.length);
    arguments[more.length + 1] = "--cert-file";
    arguments[more.length + 2] = chain.toString();
    arguments[more.length + 3] = "--key-file";
    arguments[more.length + 4] = key.toString();
    return CommandLineRun.in(home, arguments);
  }

  private X509Certificate leaf() throws IOException {
    return Pem.certificates(Files.readString(chain)).get(0);
  }

  @Test
  void issue_firstTime_makesTheCaAndSaysSoInOneLine() throws Exception {
    CommandLineRun run = issue("app.test", "localhost");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
    Path directory = home.resolve(".local/share/devca");
    CertificateAuthority ca = CertificateAuthority.open(directory);
    assertThat(run.err().lines())
        .startsWith("Created a CA in " + directory + ", fingerprint " + ca.fingerprint())
        .contains("Issued a certificate for app.test, localhost")
        .contains("No store of this machine trusts it yet: devca install")
        .contains("  ssl_certificate     " + chain + ";")
        .contains("  ssl_certificate_key " + key + ";");
    leaf().verify(ca.rootCertificate().getPublicKey());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void issue_again_replacesOurFilesWithoutForce() throws Exception {
    issue("app.test");
    X509Certificate first = leaf();

    CommandLineRun run = issue("app.test");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).doesNotContain("Created");
    assertThat(leaf().getSerialNumber()).isNotEqualTo(first.getSerialNumber());
  }

  @Test
  void issue_foreignFile_isLeftAloneButWithForce() throws Exception {
    Files.writeString(chain, "precious");

    CommandLineRun refused = issue("app.test");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err())
        .contains("devca: cannot write " + chain + ": it is there, and is not")
        .contains("--force");
    assertThat(chain).hasContent("precious");
    assertThat(key).doesNotExist();

    assertThat(issue("app.test", "--force").exitCode()).isZero();
    assertThat(leaf().getSubjectX500Principal().getName()).isEqualTo("CN=app.test");
  }

  @Test
  void issue_link_isNeverFollowedEvenWithForce() throws Exception {
    Path target = Files.writeString(home.resolve("target"), "precious");
    Files.createSymbolicLink(key, target);

    CommandLineRun run = issue("app.test", "--force");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("it is a link");
    assertThat(target).hasContent("precious");
    assertThat(chain).doesNotExist();
  }

  @Test
  void issue_fileOfTheCaItself_isRefusedEvenWithForce() throws Exception {
    issue("app.test");
    chain = home.resolve(".local/share/devca/rootCA.pem");
    byte[] before = Files.readAllBytes(chain);

    CommandLineRun run = issue("app.test", "--force");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("it belongs to the CA itself");
    assertThat(chain).hasBinaryContent(before);
  }

  @Test
  void issue_badNameAmongGoodOnes_changesNothing() {
    CommandLineRun run = issue("app.test", "*.com");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().lines().findFirst().orElseThrow()).startsWith("devca: cannot ");
    assertThat(run.err()).contains("*.com");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void issue_noNames_saysWhatToType() {
    CommandLineRun run = issue();

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .isEqualTo(
            """
            devca: cannot issue a certificate: no names were given
            Try: devca issue localhost 127.0.0.1
            """);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void issue_missingFolder_changesNothing() {
    chain = home.resolve("no/app.pem");

    CommandLineRun run = issue("app.test");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .isEqualTo(
            "devca: cannot write %s: the folder %s does not exist%nTry: mkdir -p %s%n"
                .formatted(chain, home.resolve("no"), home.resolve("no")));
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void issue_client_isForClientsAlone() throws Exception {
    issue("app.test", "--client");

    assertThat(leaf().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
  }

  @Test
  void issue_clientAndServer_isForBoth() throws Exception {
    issue("app.test", "--client", "--server");

    assertThat(leaf().getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
  }

  @Test
  void issue_json_printsTheResultAlone() throws Exception {
    CommandLineRun run = issue("app.test", "--json", "--quiet");

    assertThat(run.err()).isEmpty();
    assertThat(Json.readObject(run.out().getBytes(StandardCharsets.UTF_8)))
        .containsEntry("names", List.of("app.test"))
        .containsEntry("certificate", chain.toString())
        .containsEntry("key", key.toString())
        .containsKeys("notBefore", "notAfter");
  }

  @Test
  void issue_brokenCa_isOneLineWithoutATrace() throws Exception {
    issue("app.test");
    Path root = home.resolve(".local/share/devca/rootCA.pem");
    Files.writeString(root, "garbage");

    CommandLineRun run = issue("app.test");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err())
        .startsWith(
            "devca: cannot read the CA certificate " + root + ": expected CERTIFICATE, found");
  }

  @Test
  void issue_debug_printsATraceToo() throws Exception {
    chain = home.resolve("no/app.pem");

    assertThat(issue("app.test", "--debug").err()).contains("\tat dev.devca.cli.");
  }
}
