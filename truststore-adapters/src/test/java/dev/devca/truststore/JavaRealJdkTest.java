package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK that runs the tests, on copies of its own keystore and of others. */
class JavaRealJdkTest {
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());
  private final CommandRunner commands = new ProcessRunner(Map.of());
  private @TempDir Path folder;
  private Path cacerts;
  private JavaCacertsStore store;

  @BeforeEach
  void makeHost() {
    cacerts = folder.resolve("cacerts");
    Host host =
        Host.of(
            OperatingSystem.LINUX,
            FileSystems.getDefault(),
            Map.of("HOME", folder.toString()),
            commands);
    store = JavaCacertsStore.at(host, cacerts);
  }

  /** Those that a Java program reads without being told a password. */
  static Stream<Named<byte[]>> readWithoutPassword() throws IOException {
    return Stream.of(
        Named.of("of this JDK", Files.readAllBytes(JAVA_HOME.resolve("lib/security/cacerts"))),
        fixture(TestKeyStore.JKS),
        fixture(TestKeyStore.PKCS12_WITHOUT_PASSWORD));
  }

  @ParameterizedTest
  @MethodSource("readWithoutPassword")
  void install_program_trustsUntilUninstall(byte[] keystore) throws IOException {
    Files.write(cacerts, keystore);
    IssuedCertificate issued = ca.issue(LeafRequest.forNames("localhost"));
    Path leaf = folder.resolve("leaf.pem");
    issued.writePem(leaf, folder.resolve("key.pem"));
    assertThat(probe(leaf)).isEqualTo(TrustProbe.REFUSES);

    assertThat(store.install(ca.rootCertificate())).isEqualTo(new TrustResult.Trusted(true));
    assertThat(probe(leaf)).isEqualTo(TrustProbe.TRUSTS);

    assertThat(store.uninstall(ca.rootCertificate())).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(probe(leaf)).isEqualTo(TrustProbe.REFUSES);
    assertThat(Files.readAllBytes(cacerts)).isEqualTo(keystore);
  }

  static Stream<Named<byte[]>> all() throws IOException {
    return Stream.concat(
        readWithoutPassword(),
        Stream.of(fixture(TestKeyStore.PKCS12), fixture(TestKeyStore.JCEKS)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void install_keytool_listsTheRoot(byte[] keystore) throws IOException {
    Files.write(cacerts, keystore);
    store.install(ca.rootCertificate());

    CommandRunner.Result result =
        commands.run(
            CommandRunner.Command.of(
                JAVA_HOME.resolve("bin/keytool").toString(),
                "-list",
                "-keystore",
                cacerts.toString(),
                "-storepass",
                TestKeyStore.PASSWORD,
                "-alias",
                "devca-" + Fingerprint.of(ca.rootCertificate()).shortHex()));

    assertThat(result.exitCode()).as(result.text()).isZero();
    assertThat(result.text()).contains("trustedCertEntry");
  }

  private static Named<byte[]> fixture(TestKeyStore format) {
    return Named.of(format.name(), format.of(Map.of("theirs", TestRoots.create())));
  }

  private int probe(Path leaf) throws IOException {
    return commands
        .run(
            CommandRunner.Command.of(
                JAVA_HOME.resolve("bin/java").toString(),
                "-Djavax.net.ssl.trustStore=" + cacerts,
                "-cp",
                classes().toString(),
                TrustProbe.class.getName(),
                leaf.toString()))
        .exitCode();
  }

  private static Path classes() {
    try {
      return Path.of(TrustProbe.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
