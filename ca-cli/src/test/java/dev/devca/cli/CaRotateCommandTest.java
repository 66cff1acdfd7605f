package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CaRotation;
import dev.devca.ca.CertificateAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the stores of a home alone: the machine's are those of RootExchangeTest and RotateIT. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "it looks into the CA folder where Linux has it")
class CaRotateCommandTest extends RotationScene {
  @Test
  void rotate_installedCaWithLeaves_leavesNothingOfTheOldRoot() throws Exception {
    installAndIssue();
    X509Certificate old = root();
    Files.setPosixFilePermissions(
        home.resolve("app.key"), PosixFilePermissions.fromString("rw-r-----"));

    CommandLineRun run = rotate();

    assertThat(run.exitCode()).as(run.err()).isZero();
    X509Certificate next = root();
    assertThat(next).isNotEqualTo(old);
    assertThat(trusted()).containsExactly(next);
    leaf("app.pem").verify(next.getPublicKey());
    leaf("csr.pem").verify(next.getPublicKey());
    assertThat(
            CertificateAuthority.open(folder())
                .ownFiles()
                .isKeyStore(home.resolve("p12.p12"), "geheim".toCharArray()))
        .isTrue();
    assertThat(Files.getPosixFilePermissions(home.resolve("app.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertThat(folder().resolve("rotation")).doesNotExist();
    assertThat(devca("list").out()).contains("valid ", "app.pem", "csr.pem", "p12.p12");
    assertThat(run.err()).contains("Issued again: " + file("app.pem") + " for app.test\n");
  }

  @Test
  void rotate_leafThatTheNewCaMayNotIssue_goesBackToTheStart() throws Exception {
    installAndIssue();
    done("issue", "other.example", "--cert-file", file("o.pem"), "--key-file", file("o.key"));
    Map<String, String> before = snapshot();

    CommandLineRun run = rotate("--permit", "test");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("all is as it was before", "this CA may sign only test");
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void rotate_permit_makesAConstrainedCaOfTheSameName() throws Exception {
    done("ca", "create", "--ca", "work", "--name", "Work");

    CommandLineRun run = rotate("--ca", "work", "--permit", "test", "--permit", "10.0.0.0/8");

    assertThat(run.exitCode()).as(run.err()).isZero();
    CertificateAuthority ca = CertificateAuthority.open(folder().resolve("ca/work"));
    assertThat(ca.permitted()).containsExactlyInAnyOrder("test", "10.0.0.0/8");
    assertThat(ca.rootCertificate().getSubjectX500Principal().getName()).contains("CN=Work");
    assertThat(folder().resolve("ca/work/rootCA-key.pem")).doesNotExist();
    CertificateAuthority before = ca;
    assertThat(rotate("--ca", "work").exitCode()).isZero();
    CertificateAuthority after = CertificateAuthority.open(folder().resolve("ca/work"));
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    assertThat(after.permitted()).isEqualTo(ca.permitted());
  }

  @Test
  void rotate_passphrase_isKept() throws Exception {
    done("ca", "create");
    environment.put("DEVCA_NEW_PASSPHRASE", "secret");
    done("ca", "passphrase");
    X509Certificate old = root();
    Map<String, String> before = snapshot();

    environment.put("DEVCA_PASSPHRASE", "wrong");
    CommandLineRun refused = rotate();
    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("the passphrase is wrong");
    assertThat(snapshot()).isEqualTo(before);

    environment.put("DEVCA_PASSPHRASE", "secret");
    assertThat(rotate().exitCode()).isZero();
    CertificateAuthority ca = CertificateAuthority.open(folder());
    assertThat(ca.rootCertificate()).isNotEqualTo(old);
    assertThat(ca.key().isLocked()).isTrue();
    assertThat(ca.key().unlock("secret".toCharArray()).canIssue()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rotate_afterOneThatDied_endsInOneRoot(boolean switched) throws Exception {
    installAndIssue();
    X509Certificate old = root();
    interrupt(switched);
    X509Certificate then = root();

    CommandLineRun run = rotate();

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("A rotation was interrupted");
    assertThat(root()).isNotEqualTo(old);
    assertThat(root().equals(then)).isEqualTo(switched);
    assertThat(trusted()).containsExactly(root());
    leaf("app.pem").verify(root().getPublicKey());
    assertThat(devca("ca", "info").err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void uninstall_inTheMiddleOfARotation_takesBothRootsOut(boolean switched) throws Exception {
    done("install", "--only", "node");
    interrupt(switched);

    CommandLineRun run = devca("uninstall", "--user-only", "--delete-ca");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(trusted()).isEmpty();
    assertThat(folder()).doesNotExist();
  }

  @Test
  void install_inTheMiddleOfARotation_losesNoRootAndSaysHowToGoOn() throws Exception {
    done("install", "--only", "node");
    interrupt(true);

    CommandLineRun run = devca("install", "--only", "node");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("devca ca rotate goes on with it");
    assertThat(trusted()).hasSize(2).contains(root());
  }

  @Test
  void rotate_keyElsewhere_isRefused() throws Exception {
    done("ca", "create");
    Files.delete(folder().resolve("rootCA-key.pem"));
    Map<String, String> before = snapshot();

    CommandLineRun run = rotate();

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("cannot rotate the CA in", "its key is not here");
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void rotate_storeLeftOut_isNamedAndCanBeCleaned() throws Exception {
    done("install", "--only", "node,python");

    CommandLineRun run = rotate("--skip", "python");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "was left out and trusts the old root still: devca uninstall --orphans takes it out")
        .containsOnlyOnce("was left out");
    CommandLineRun cleaned = devca("uninstall", "--orphans", "--user-only");
    assertThat(cleaned.exitCode()).as(cleaned.err()).isZero();
    assertThat(cleaned.err()).containsPattern("Python .*removed");
    assertThat(trusted()).containsExactly(root());
  }

  @Test
  void rotate_storeThatCannotBeRead_saysHowToLeaveItOutOfTheSameChoice() throws Exception {
    done("install", "--only", "node,python");
    Path bundle = folder().resolve("node-extra-ca.pem");
    Files.delete(bundle);
    Files.createDirectories(bundle.resolve("a"));

    CommandLineRun run = rotate("--only", "node,python");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains("devca ca rotate --user-only --only node --only python --skip node\n");
  }

  /** The first thing that issue says is that it has made a CA. */
  private int issueWhileTheCaIsRotated(String... arguments) {
    OutputStream rotating =
        new OutputStream() {
          private boolean rotated;

          @Override
          public void write(int b) throws IOException {
            if (!rotated) {
              rotated = true;
              try (CaRotation rotation = CaRotation.of(folder())) {
                rotation.begin(CaOptions.defaults(), Optional.empty());
                rotation.switchOver();
                rotation.end();
              }
            }
          }
        };
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(rotating, true, StandardCharsets.UTF_8));
    Map<String, String> variables = Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin");
    return new Devca(variables, console, host -> host).run(List.of(arguments));
  }

  @Test
  void issue_caRotatedMeanwhile_isOfTheNewRoot() throws Exception {
    int code =
        issueWhileTheCaIsRotated(
            "issue", "a.test", "--cert-file", file("a.pem"), "--key-file", file("a.key"));

    assertThat(code).isZero();
    leaf("a.pem").verify(root().getPublicKey());
    assertThat(devca("list").out()).contains("  valid  ");
  }

  @Test
  void issue_batchWhoseCaIsRotatedMeanwhile_saysSo() throws Exception {
    Path batch =
        Files.writeString(
            home.resolve("b.txt"),
            "a.test --cert-file " + file("a.pem") + " --key-file " + file("a.key"));

    int code = issueWhileTheCaIsRotated("issue", "--batch", batch.toString());

    assertThat(code).isEqualTo(ExitCode.IN_PART);
    assertThat(devca("list").out()).contains("  outdated  ");
    done("renew");
    leaf("a.pem").verify(root().getPublicKey());
  }
}
