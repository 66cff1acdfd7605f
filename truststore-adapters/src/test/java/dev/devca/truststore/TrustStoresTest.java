package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustStoresTest {
  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final X509Certificate root = TestRoots.create();

  @BeforeEach
  void machineWithNodeAndJava() throws IOException {
    machine.file("/usr/bin/node", "#!");
    machine.file("/usr/lib/jvm/jdk-21/lib/security/cacerts", new byte[] {1, 2, 3});
    machine.environment.put("JAVA_HOME", "/no/such/jdk");
  }

  private static TrustResult.Kind kind(List<Outcome> outcomes, String id) {
    return outcomes.stream()
        .filter(outcome -> outcome.storeId().equals(id))
        .findFirst()
        .orElseThrow()
        .result()
        .kind();
  }

  @Test
  void install_oneStoreDamaged_stopsNoOther() {
    List<Outcome> outcomes = TrustStores.on(machine.host()).install(root);

    assertThat(kind(outcomes, "java:/usr/lib/jvm/jdk-21/lib/security/cacerts"))
        .isEqualTo(TrustResult.Kind.UNAVAILABLE);
    assertThat(kind(outcomes, "java:/no/such/jdk")).isEqualTo(TrustResult.Kind.ABSENT);
    assertThat(kind(outcomes, "node")).isEqualTo(TrustResult.Kind.TRUSTED);
  }

  @Test
  void install_anyStore_isRecordedWithItsOwnerUntilUninstall() throws IOException {
    Host host = machine.host();
    assertThat(TrustStores.isRecorded(host, Fingerprint.of(root))).isFalse();

    TrustStores.on(host).only("node").install(root);

    assertThat(TrustStores.isRecorded(host, Fingerprint.of(root))).isTrue();
    assertThat(TrustStores.installedRoots(host)).containsExactly(root);
    assertThat(TrustStores.installedRoots(host.withUserId(4711))).isEmpty();

    Files.delete(machine.files.getPath("/usr/lib/jvm/jdk-21/lib/security/cacerts"));
    TrustStores.on(host).only("node").uninstall(root);

    assertThat(TrustStores.isRecorded(host, Fingerprint.of(root))).isFalse();
    assertThat(host.stateDirectory().orElseThrow()).doesNotExist();
  }

  @Test
  void install_noStoreThatCanTrust_leavesNoTrace() {
    var before = machine.snapshot();

    TrustStores.on(machine.host()).only("java").install(root);

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void only_kindOrId_choosesThose() {
    TrustStores stores = TrustStores.on(machine.host());

    assertThat(stores.only("java").stores()).hasSize(2);
    assertThat(stores.only("java:/no/such/jdk", "node").stores()).hasSize(2);
    assertThat(stores.skip("java").stores())
        .extracting(TrustStore::id)
        .containsExactly("node", "claude", "python", "env");
    assertThat(stores.only("debian").stores()).isEmpty();
  }

  @Test
  void only_unknownId_listsTheKnownOnes() {
    TrustStores stores = TrustStores.on(machine.host());

    assertThatThrownBy(() -> stores.only("nodejs"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no store 'nodejs'; known are debian, alpine, ")
        .hasMessageContaining("java:/usr/lib/jvm/jdk-21/lib/security/cacerts");
  }

  @Test
  void userOnly_storesOfTheMachineAndOfRoot_areLeftOut() throws IOException {
    String home = machine.home().toString();
    machine.file(home + "/.sdkman/candidates/java/21/lib/security/cacerts", new byte[] {1});
    machine.file("/home/real/.jdks/21/lib/security/cacerts", new byte[] {1});
    machine.file("/etc/debian_version", "12");
    machine.directory("/etc/ssl/certs");

    assertThat(TrustStores.on(machine.host()).userOnly().stores())
        .extracting(TrustStore::id)
        .containsExactly(
            "java:" + home + "/.sdkman/candidates/java/21/lib/security/cacerts",
            "node",
            "claude",
            "python",
            "env");
    assertThat(TrustStores.on(machine.host()).userOnly().only("debian").stores()).isEmpty();
    Path link =
        Files.createSymbolicLink(machine.files.getPath("/me"), machine.directory("/home/real"));
    assertThat(TrustStores.on(machine.host().withHome(link)).userOnly().only("java").stores())
        .extracting(TrustStore::id)
        .containsExactly("java:/home/real/.jdks/21/lib/security/cacerts");
  }

  @ParameterizedTest
  @CsvSource({"MAC, macos", "WINDOWS, windows"})
  void userOnly_rootsOfTheUserBesideThoseOfAll_goesByWhichAreMeant(OperatingSystem os, String id) {
    FakeHost other = new FakeHost(os);
    if (os == OperatingSystem.MAC) {
      other.file(Keychain.PROGRAM, "");
    }
    Host host = other.host();

    assertThat(TrustStores.on(host).userOnly().only(id).stores()).hasSize(1);
    assertThat(TrustStores.on(host.withMachineStores()).only(id).stores()).hasSize(1);
    assertThat(TrustStores.on(host.withMachineStores()).userOnly().only(id).stores()).isEmpty();
  }

  @Test
  void exactly_keystoreThatWasNotFoundHere_isTaken() {
    machine.file("/opt/odd/cacerts", new byte[] {1});

    assertThat(TrustStores.exactly(machine.host(), "java:/opt/odd/cacerts", "node").stores())
        .extracting(TrustStore::id)
        .containsExactly("java:/opt/odd/cacerts", "node");
  }

  @Test
  void run_otherRightsNeeded_asksTheElevationOnceForAllOfThem() {
    List<String> asked = new ArrayList<>();
    Elevation elevation =
        (rights, operation, stores, certificate) -> {
          asked.add(rights + " " + operation + " " + stores.size());
          return Elevation.none().run(rights, operation, stores, certificate);
        };
    Host root = machine.host().withUserId(0).withInvokingUser(1000).withElevation(elevation);

    List<Outcome> outcomes = TrustStores.on(root).only("node").install(this.root);

    assertThat(asked).containsExactly("INVOKING_USER install 1");
    assertThat(kind(outcomes, "node")).isEqualTo(TrustResult.Kind.UNAVAILABLE);
  }
}
