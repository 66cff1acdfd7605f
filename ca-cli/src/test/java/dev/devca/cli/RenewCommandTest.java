package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CertificateAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "it looks into the CA folder where Linux has it")
class RenewCommandTest {
  private static final Path CSR = Path.of("src/test/resources/dev/devca/cli/app.csr");

  @TempDir Path home;
  private RenewScene scene;

  @BeforeEach
  void open() {
    scene = RenewScene.in(home);
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(name)));
  }

  private static Duration length(X509Certificate leaf) {
    return Duration.between(leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant());
  }

  @Test
  void renew_nothingRunsOut_touchesNothing() throws Exception {
    scene.issue("app.test", "--days", "90");
    X509Certificate before = scene.leaf("app.test");

    CommandLineRun run = scene.run("renew");

    assertThat(run).isEqualTo(new CommandLineRun(0, "", "Nothing is to be renewed.\n"));
    assertThat(scene.leaf("app.test")).isEqualTo(before);
  }

  @Test
  void renew_keyIsMissing_makesThePairAnew() throws Exception {
    scene.issue("app.test", "--key-mode", "0640");
    X509Certificate before = scene.leaf("app.test");
    Files.delete(home.resolve("app.test.key"));

    assertThat(scene.run("list").out()).contains("  incomplete  ");
    CommandLineRun kept = scene.run("renew", "--keep-key");
    assertThat(kept.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(kept.err()).contains("its key cannot be read");
    CommandLineRun run = scene.run("renew");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(scene.leaf("app.test").getPublicKey()).isNotEqualTo(before.getPublicKey());
    assertThat(mode("app.test.key")).isEqualTo("rw-r-----");
    assertThat(scene.run("list").out()).contains("  valid  ");
  }

  @Test
  void renew_trustStoreIsMissing_isMadeWithItsKeyStore() throws Exception {
    String store = scene.file("a.p12");
    String trust = scene.file("trust.p12");
    scene.run(
        "issue", "a.test", "--p12-file", store, "--truststore-file", trust, "--password-env", "PW");
    Files.delete(home.resolve("trust.p12"));

    assertThat(scene.run("list").out()).contains("  incomplete  ");
    assertThat(scene.run("renew").exitCode()).isZero();

    assertThat(home.resolve("trust.p12")).exists();
    assertThat(scene.run("list").out()).contains("  valid  ");
  }

  @Test
  void renew_within_renewsThoseThatEndFirst() throws Exception {
    scene.issue("long.test", "--days", "90");
    scene.issue("short.test", "--days", "40");
    X509Certificate longer = scene.leaf("long.test");
    X509Certificate shorter = scene.leaf("short.test");

    CommandLineRun run = scene.run("renew", "--within", "50d");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .startsWith("Renewed " + scene.file("short.test.pem") + " for short.test, valid");
    assertThat(scene.leaf("long.test")).isEqualTo(longer);
    assertThat(scene.leaf("short.test").getSerialNumber()).isNotEqualTo(shorter.getSerialNumber());
    assertThat(scene.run("renew", "long.test", "--within", "50d").err())
        .contains("Nothing is to be");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--client --server --uri https://b.test/x ::1",
        "--cn Zoë --key rsa2048",
        "--valid 14d --key p384 *.b.test",
        "--key ed25519 --der",
      })
  void renew_named_saysTheSame(String options) throws Exception {
    scene.issue("app.test", options.isEmpty() ? new String[0] : options.split(" "));
    X509Certificate before = certificate("app.test.pem");
    String record = scene.records();

    CommandLineRun run = scene.run("renew", "APP.test");

    assertThat(run.exitCode()).as(run.err()).isZero();
    X509Certificate after = certificate("app.test.pem");
    assertThat(after.getSerialNumber()).isNotEqualTo(before.getSerialNumber());
    assertThat(after.getPublicKey()).isNotEqualTo(before.getPublicKey());
    assertThat(after.getPublicKey().getAlgorithm()).isEqualTo(before.getPublicKey().getAlgorithm());
    assertThat(after.getSubjectX500Principal()).isEqualTo(before.getSubjectX500Principal());
    assertThat(after.getSubjectAlternativeNames())
        .hasToString(before.getSubjectAlternativeNames().toString());
    assertThat(after.getExtendedKeyUsage()).isEqualTo(before.getExtendedKeyUsage());
    assertThat(after.getKeyUsage()).isEqualTo(before.getKeyUsage());
    assertThat(length(after)).isEqualTo(length(before));
    assertThat(mode("app.test.key")).isEqualTo("rw-------");
    assertThat(scene.records().replaceAll("(from|until|file)=.*", ""))
        .isEqualTo(record.replaceAll("(from|until|file)=.*", ""));
    assertThat(scene.run("renew", scene.file("app.test.key")).exitCode()).isZero();
  }

  private X509Certificate certificate(String file) throws Exception {
    byte[] bytes = Files.readAllBytes(home.resolve(file));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"p256", "p384", "ed25519", "rsa2048"})
  void renew_keepKey_leavesTheKeyInEveryFile(String kind) throws Exception {
    String store = scene.file("app.p12");
    scene.issue("app.test", "--key", kind, "--p12-file", store, "--password-env", "PW");
    X509Certificate before = scene.leaf("app.test");
    String key = Files.readString(home.resolve("app.test.key"));

    CommandLineRun run = scene.run("renew", "--all", "--keep-key");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(scene.leaf("app.test").getSerialNumber()).isNotEqualTo(before.getSerialNumber());
    assertThat(scene.leaf("app.test").getPublicKey()).isEqualTo(before.getPublicKey());
    assertThat(home.resolve("app.test.key")).hasContent(key);
    assertThat(inStore(store)).isEqualTo(scene.leaf("app.test"));
  }

  private static X509Certificate inStore(String file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(Files.readAllBytes(Path.of(file))), "geheim".toCharArray());
    return (X509Certificate) store.getCertificate("devca");
  }

  @Test
  void renew_keyStoreAlone_keepsItsKeyByThePassword() throws Exception {
    Path secret = Files.writeString(home.resolve("secret"), "geheim\n");
    String store = scene.file("app.p12");
    assertThat(
            scene
                .run("issue", "app.test", "--p12-file", store, "--password-file", secret.toString())
                .exitCode())
        .isZero();
    X509Certificate before = inStore(store);

    assertThat(scene.run("renew", "--all", "--keep-key").exitCode()).isZero();

    assertThat(inStore(store).getPublicKey()).isEqualTo(before.getPublicKey());
    assertThat(inStore(store)).isNotEqualTo(before);
    Files.writeString(secret, "another\n");
    CommandLineRun wrong = scene.run("renew", "--all");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(wrong.err()).contains("is not a key store of this CA with this password");
    Files.delete(secret);
    assertThat(scene.run("renew", "--all").err())
        .contains("cannot read the password file " + secret);
  }

  @Test
  void renew_modesOfSomebody_areKept() throws Exception {
    scene.issue("app.test", "--key-mode", "0640");
    Files.setPosixFilePermissions(
        home.resolve("app.test.key"), PosixFilePermissions.fromString("rw-rw----"));
    Files.setPosixFilePermissions(
        home.resolve("app.test.pem"), PosixFilePermissions.fromString("r--------"));

    assertThat(scene.run("renew", "--all").exitCode()).isZero();

    assertThat(mode("app.test.key")).isEqualTo("rw-rw----");
    assertThat(mode("app.test.pem")).isEqualTo("r--------");
  }

  @Test
  void renew_bothInOneFile_keepsOneFile() throws Exception {
    String file = scene.file("both.pem");
    assertThat(scene.run("issue", "app.test", "--cert-file", file, "--key-file", file).exitCode())
        .isZero();
    String before = Files.readString(Path.of(file));

    assertThat(scene.run("renew", "--all").exitCode()).isZero();

    assertThat(Files.readString(Path.of(file)))
        .isNotEqualTo(before)
        .contains("BEGIN CERTIFICATE", "BEGIN PRIVATE KEY");
  }

  @Test
  void renew_certificateOfARequest_isSignedAgainForItsKey() throws Exception {
    Path csr = Files.copy(CSR, home.resolve("app.csr"));
    CommandLineRun issued =
        scene.run(
            "issue", "--csr", csr.toString(), "--days", "9", "--cert-file", scene.file("a.pem"));
    assertThat(issued.exitCode()).as(issued.err()).isZero();
    X509Certificate before = scene.leaf("a");
    Files.delete(csr);

    CommandLineRun run = scene.run("renew", "--all");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(scene.leaf("a").getSerialNumber()).isNotEqualTo(before.getSerialNumber());
    assertThat(scene.leaf("a").getPublicKey()).isEqualTo(before.getPublicKey());
    assertThat(scene.leaf("a").getSubjectX500Principal())
        .isEqualTo(before.getSubjectX500Principal());
    assertThat(scene.leaf("a").getSubjectAlternativeNames())
        .hasToString(before.getSubjectAlternativeNames().toString());
    assertThat(scene.leaf("a").getExtendedKeyUsage()).isEqualTo(before.getExtendedKeyUsage());
    assertThat(length(scene.leaf("a"))).isEqualTo(length(before));
  }

  @Test
  void renew_caIsAnotherNow_issuesByTheNewOne() throws Exception {
    scene.issue("app.test");
    Path folder = home.resolve(".local/share/devca");
    Files.delete(folder.resolve("rootCA.pem"));
    Files.delete(folder.resolve("rootCA-key.pem"));
    CertificateAuthority ca = CertificateAuthority.openOrCreate(folder);

    assertThat(scene.run("renew", "--all").exitCode()).isZero();

    scene.leaf("app.test").verify(ca.rootCertificate().getPublicKey());
  }
}
