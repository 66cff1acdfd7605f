package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of certificates when their CA is rotated. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "it looks into the CA folder where Linux has it")
class RotatedLeavesTest extends RotationScene {
  @Test
  void rotate_certificateThatCannotBeMadeAnew_isNamed() throws Exception {
    done("issue", "out.test", "--cert-file", file("out.pem"), "--key-file", "-");

    CommandLineRun run = rotate("--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(run.err()).contains("Not issued again: " + file("out.pem"), "devca issue");
    Map<String, Object> report = Json.readObject(run.out().getBytes(StandardCharsets.UTF_8));
    assertThat(report.get("certificates")).asString().contains("left-alone");
    assertThat(report.get("fingerprint"))
        .isEqualTo(CertificateAuthority.open(folder()).fingerprint().hex());
  }

  @Test
  void rotate_certificateWithoutItsKey_isMadeWhole() throws Exception {
    installAndIssue();
    Files.delete(home.resolve("app.key"));

    CommandLineRun run = rotate();

    assertThat(run.exitCode()).as(run.err()).isZero();
    leaf("app.pem").verify(root().getPublicKey());
    assertThat(home.resolve("app.key")).exists();
    assertThat(trusted()).containsExactly(root());
  }

  @Test
  void rotate_failsAfterItMadeACertificateWhole_takesThatBack() throws Exception {
    installAndIssue();
    // It ends first, so that its turn is first.
    String days = "--days=9";
    done("issue", "a.test", days, "--cert-file", file("a.pem"), "--key-file", file("a.key"));
    done("issue", "o.example", "--cert-file", file("o.pem"), "--key-file", file("o.key"));
    Files.delete(home.resolve("a.key"));
    Map<String, String> before = snapshot();

    CommandLineRun run = rotate("--permit", "test");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("Issued again: " + file("a.pem"), "as it was before");
    assertThat(snapshot()).isEqualTo(before);
  }

  /** What a rotation that died leaves of a certificate: its record, and files from before. */
  private void keptFromBefore(String certificate, String announced) throws IOException {
    Path kept = Files.createDirectory(folder().resolve("rotation/leaves"));
    try (Stream<Path> records = Files.list(folder().resolve("issued"))) {
      for (Path record : (Iterable<Path>) records::iterator) {
        if (Files.readString(record).contains("=" + file(certificate) + "\n")) {
          Files.copy(record, kept.resolve("0.record"));
        }
      }
    }
    Files.copy(home.resolve(certificate), kept.resolve("0-0"));
    Files.writeString(kept.resolve("0.next"), announced);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rotate_keyThatWasMissingAndIsThere_goesOnlyIfARotationWroteIt(boolean own) throws Exception {
    installAndIssue();
    interrupt(true);
    byte[] key = "of somebody else".getBytes(StandardCharsets.UTF_8);
    Files.write(home.resolve("app.key"), key);
    keptFromBefore("app.pem", own ? Sha256.hex(key) + "\n" : "");

    CommandLineRun run = rotate();

    assertThat(run.exitCode()).as(run.err()).isEqualTo(own ? ExitCode.DONE : ExitCode.IN_PART);
    if (own) {
      assertThat(CertificateAuthority.open(folder()).ownFiles().key(home.resolve("app.key")))
          .isPresent();
    } else {
      assertThat(home.resolve("app.key")).hasBinaryContent(key);
    }
  }

  @Test
  void rotate_certificateChangedSinceOneDied_isLeftAsItIs() throws Exception {
    installAndIssue();
    interrupt(true);
    keptFromBefore("app.pem", "");
    Files.writeString(home.resolve("app.pem"), "of somebody else");

    CommandLineRun run = rotate();

    assertThat(run.err())
        .contains("Left as it is, since it was changed meanwhile: " + file("app.pem"));
    assertThat(home.resolve("app.pem")).hasContent("of somebody else");
  }

  @Test
  void rotate_linkInPlaceOfACertificate_isLeftOut() throws Exception {
    installAndIssue();
    Files.move(home.resolve("app.pem"), home.resolve("moved.pem"));
    Files.createSymbolicLink(home.resolve("app.pem"), home.resolve("moved.pem"));
    byte[] moved = Files.readAllBytes(home.resolve("moved.pem"));

    CommandLineRun run = rotate();

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.IN_PART);
    assertThat(run.err())
        .contains(
            "Not issued again: " + file("app.pem") + ": a file of it is a link now", "csr.pem for");
    assertThat(home.resolve("moved.pem")).hasBinaryContent(moved);
    assertThat(devca("list").out()).contains("  outdated  ");
  }

  @Test
  void rotate_leftOneOut_isListedAndRenewedLater() throws Exception {
    done("install", "--only", "node");
    List<String> both = List.of("--cert-file", file("b.pem"), "--key-file", file("b.key"));
    List<String> issue = new ArrayList<>(List.of("issue", "b.test"));
    issue.addAll(both);
    issue.addAll(List.of("--p12-file", file("b.p12"), "--password-env", "PW"));
    done(issue.toArray(String[]::new));
    String password = environment.remove("PW");
    assertThat(rotate().exitCode()).isEqualTo(ExitCode.IN_PART);

    assertThat(CommandLineRun.with(environment, "list").out()).contains("  outdated  ");
    environment.put("PW", password);
    done("renew");

    leaf("b.pem").verify(root().getPublicKey());
    assertThat(CommandLineRun.with(environment, "list").out()).contains("  valid  ");
  }

  @Test
  void rotate_keyStoreWhosePasswordIsGone_isSaidAndTheRestRotated() throws Exception {
    installAndIssue();
    byte[] store = Files.readAllBytes(home.resolve("p12.p12"));
    environment.remove("PW");

    CommandLineRun run = rotate();

    assertThat(run.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(run.err())
        .contains(
            "Not issued again: "
                + file("p12.p12")
                + ": cannot write the key store: the variable PW has no value;"
                + " issue it again: devca issue\n",
            "Issued again: " + file("app.pem"))
        .doesNotContain("--password-file");
    assertThat(trusted()).containsExactly(root());
    leaf("app.pem").verify(root().getPublicKey());
    assertThat(home.resolve("p12.p12")).hasBinaryContent(store);
    assertThat(devca("list").out()).containsPattern("outdated .*p12\\.p12");
    environment.put("PW", "geheim");
    done("renew");
    assertThat(devca("list").out()).doesNotContain("outdated");
    assertThat(
            CertificateAuthority.open(folder())
                .ownFiles()
                .isKeyStore(home.resolve("p12.p12"), "geheim".toCharArray()))
        .isTrue();
  }
}
