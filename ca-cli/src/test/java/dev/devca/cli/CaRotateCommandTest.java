package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CaRotation;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.Pem;
import dev.devca.ca.files.Sha256;
import dev.devca.truststore.Elevation;
import dev.devca.truststore.Host;
import dev.devca.truststore.RootExchange;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the stores of a home alone: the machine's are those of RootExchangeTest and RotateIT. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "it looks into the CA folder where Linux has it")
class CaRotateCommandTest {
  private static final Path CSR = Path.of("src/test/resources/dev/devca/cli/app.csr");

  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>(Map.of("PW", "geheim"));

  private Path folder() {
    return home.resolve(".local/share/devca");
  }

  private CommandLineRun devca(String... arguments) {
    environment.put("HOME", home.toString());
    return CommandLineRun.with(environment, arguments);
  }

  private CommandLineRun rotate(String... more) {
    List<String> arguments = new ArrayList<>(List.of("ca", "rotate", "--user-only"));
    arguments.addAll(List.of(more));
    return devca(arguments.toArray(String[]::new));
  }

  private void done(String... arguments) {
    CommandLineRun run = devca(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private String file(String name) {
    return home.resolve(name).toString();
  }

  private X509Certificate root() throws IOException {
    return CertificateAuthority.open(folder()).rootCertificate();
  }

  private X509Certificate leaf(String name) throws IOException {
    return Pem.certificates(Files.readString(home.resolve(name))).get(0);
  }

  private List<X509Certificate> trusted() throws IOException {
    Path bundle = folder().resolveSibling("devca").resolve("node-extra-ca.pem");
    return Files.exists(bundle) ? Pem.certificates(Files.readString(bundle)) : List.of();
  }

  private void installAndIssue() {
    done("install", "--only", "node");
    done("issue", "app.test", "--cert-file", file("app.pem"), "--key-file", file("app.key"));
    done("issue", "--csr", CSR.toString(), "--cert-file", file("csr.pem"));
    done("issue", "p12.test", "--p12-file", file("p12.p12"), "--password-env", "PW");
  }

  /** All files of the home, without locks, whose lengths mean nothing. */
  private Map<String, String> snapshot() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (!path.endsWith(".lock")) {
          files.put(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + " " + path,
              Files.isDirectory(path) ? "folder" : Sha256.hex(Files.readAllBytes(path)));
        }
      }
    }
    return files;
  }

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

  /** What a process leaves that dies before the new CA is in its folder, or after. */
  private void interrupt(boolean switched) throws IOException {
    Host host =
        Host.current(Map.of("HOME", home.toString()), Elevation.none())
            .withStateDirectory(home.resolve(".local/state/devca"));
    try (CaRotation rotation = CaRotation.of(folder())) {
      rotation.begin(CaOptions.defaults(), Optional.empty());
      new RootExchange(
              TrustStores.on(host).userOnly(),
              rotation.old().rootCertificate(),
              rotation.next().rootCertificate())
          .bringIn();
      if (switched) {
        rotation.switchOver();
      }
    }
    assertThat(trusted()).hasSize(2);
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
  }
}
