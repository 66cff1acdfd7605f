package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keystore of a Fedora's JDKs, which {@code update-ca-trust} writes. */
class FedKeystoreTest {
  private static final String KEYSTORE = "/etc/pki/ca-trust/extracted/java/cacerts";
  private static final String BUNDLE = "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem";
  private static final String UPDATE = "/usr/bin/update-ca-trust";

  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final X509Certificate root = TestRoots.create();
  private Path anchors;

  @BeforeEach
  void fedora() throws IOException {
    machine.file("/etc/os-release", "ID=fedora\n");
    anchors = machine.directory("/etc/pki/ca-trust/source/anchors");
    machine.file(BUNDLE, "");
    machine.file(KEYSTORE, keystore());
    machine.directory("/etc/pki/java");
    link("/etc/pki/java/cacerts", KEYSTORE);
    machine.directory("/usr/lib/jvm/java-21-openjdk/lib/security");
    link("/usr/lib/jvm/java-21-openjdk/lib/security/cacerts", "/etc/pki/java/cacerts");
    machine.program(UPDATE, command -> update(true));
  }

  private void link(String path, String target) throws IOException {
    Files.createSymbolicLink(machine.files.getPath(path), machine.files.getPath(target));
  }

  private CommandRunner.Result update(boolean feedsJava) {
    try (var files = Files.list(anchors)) {
      boolean anchored = files.findAny().isPresent();
      machine.file(BUNDLE, anchored ? Pem.encode(root) : "");
      if (feedsJava) {
        machine.file(KEYSTORE, anchored ? keystore(root) : keystore());
      }
      return FakeHost.exits(0, "");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] keystore(X509Certificate... roots) {
    try {
      KeyStore keys = KeyStore.getInstance("JKS");
      keys.load(null, null);
      for (X509Certificate root : roots) {
        keys.setCertificateEntry("devca", root);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      keys.store(out, "changeit".toCharArray());
      return out.toByteArray();
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private TrustStores stores(String... only) {
    return TrustStores.on(machine.host().withUserId(0)).only(only);
  }

  private static TrustResult java(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(outcome -> outcome.storeId().equals("java:" + KEYSTORE))
        .map(Outcome::result)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void install_withTheSystem_isFedAndNotWrittenByUs() throws IOException {
    assertThat(java(stores("redhat", "java").install(root)))
        .isEqualTo(new TrustResult.Trusted(false));

    assertThat(java(stores("redhat", "java").uninstall(root)))
        .isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(Files.readAllBytes(machine.files.getPath(KEYSTORE))).isEqualTo(keystore());
  }

  @Test
  void install_withoutTheSystem_saysWhereTheRootHasToGo() {
    var before = machine.snapshot();

    assertThat(java(stores("java").install(root)))
        .isEqualTo(
            new TrustResult.Unavailable(
                "update-ca-trust writes it anew from the system's roots",
                "devca install --only redhat"));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_withoutTheSystem_saysWhereTheRootHasToGo() {
    stores("redhat").install(root);

    assertThat(java(stores("java").uninstall(root)))
        .isEqualTo(
            new TrustResult.Unavailable(
                "update-ca-trust writes it anew from the system's roots",
                "devca uninstall --only redhat"));
  }

  @Test
  void install_systemThatDoesNotFeedIt_isWrittenByUs() {
    machine.program(UPDATE, command -> update(false));

    assertThat(java(stores("redhat", "java").install(root)))
        .isEqualTo(new TrustResult.Trusted(true));
    assertThat(java(stores("redhat", "java").uninstall(root)))
        .isEqualTo(new TrustResult.NotTrusted(true));
  }

  @Test
  void exactly_byTheWorkersId_isTheSame() {
    machine.directory("/empty");
    machine.environment.put("PATH", "/empty");
    String id = "java:" + KEYSTORE;

    assertThat(TrustStores.exactly(machine.host(), id).stores())
        .singleElement()
        .isInstanceOf(FedKeystore.class);
  }

  @Test
  void discover_jdkWithItsOwnKeystore_isNotFed() {
    machine.file("/opt/jdk/lib/security/cacerts", keystore());

    assertThat(TrustStores.on(machine.host()).only("java:/opt/jdk/lib/security/cacerts").stores())
        .singleElement()
        .isInstanceOf(JavaCacertsStore.class);
  }
}
