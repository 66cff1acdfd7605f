package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RootSearchTest {
  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final X509Certificate root = TestRoots.create();
  private final X509Certificate other = TestRoots.create();
  private final Set<X509Certificate> wanted = Set.of(root, other);

  private RootSearch search(Host host) {
    Map<String, String> before = machine.snapshot();
    RootSearch search = TrustStores.on(host).search(wanted::contains);
    assertThat(machine.snapshot()).isEqualTo(before);
    return search;
  }

  private static Map<X509Certificate, Set<String>> stores(RootSearch search) {
    return search.found().stream()
        .collect(
            Collectors.toMap(
                FoundRoot::certificate,
                found -> found.stores().stream().map(TrustStore::id).collect(Collectors.toSet())));
  }

  private void debian(X509Certificate... bundle) {
    machine.file("/etc/os-release", "ID=debian\n");
    machine.program("/usr/sbin/update-ca-certificates", command -> FakeHost.exits(1, "not run"));
    machine.directory("/usr/local/share/ca-certificates");
    String text = Stream.of(bundle).map(Pem::encode).collect(Collectors.joining());
    machine.file("/etc/ssl/certs/ca-certificates.crt", text);
  }

  private static FoundRoot only(RootSearch search) {
    assertThat(search.found()).hasSize(1);
    return search.found().get(0);
  }

  @Test
  void search_storesThatList_sayWhereEachRootIs() {
    debian(TestRoots.create(), root);
    machine.file("/usr/local/share/ca-certificates/theirs.crt", Pem.encode(other));
    machine.environment.put("JAVA_HOME", "/opt/jdk");
    machine.file(
        "/opt/jdk/lib/security/cacerts",
        TestKeyStore.PKCS12.of(Map.of("a", TestRoots.create(), "b", root)));
    FakeCertutil certutil = FakeCertutil.on(machine);
    Path profile = certutil.database(machine.home() + "/.mozilla/firefox/ab12.me");
    certutil.add(profile, "mkcert development CA 17", "C,,", other);
    certutil.add(profile, "public", ",,", TestRoots.create());
    machine.file("/usr/bin/node", "");
    TrustStores.on(machine.host()).only("node").install(root);

    RootSearch search = search(machine.host());

    assertThat(search.unread()).isEmpty();
    assertThat(stores(search))
        .isEqualTo(
            Map.of(
                root, Set.of("debian", "java:/opt/jdk/lib/security/cacerts", "node"),
                other, Set.of("debian", "nss:" + profile)));
  }

  @Test
  void search_storeThatCannotBeRead_isSaidAndStopsNoOther() {
    debian(root);
    machine.environment.put("JAVA_HOME", "/opt/jdk");
    machine.file("/opt/jdk/lib/security/cacerts", "damaged");

    RootSearch search = search(machine.host());

    assertThat(stores(search)).isEqualTo(Map.of(root, Set.of("debian")));
    assertThat(search.unread())
        .singleElement()
        .extracting(Outcome::storeId)
        .isEqualTo("java:/opt/jdk/lib/security/cacerts");
  }

  @Test
  void search_recordOfRoot_saysWhoseItIs() throws IOException {
    debian(root);
    InstalledRoots.in(machine.files.getPath("/var/lib/devca")).add(root, 1001);

    FoundRoot found = only(search(machine.host()));

    assertThat(found.owner()).contains(1001L);
    assertThat(found.isOf(machine.host())).isFalse();
    assertThat(found.isOf(machine.host().withUserId(1001))).isTrue();
  }

  @Test
  void search_noRecord_isTheUsersInAStoreOfTheUserAndNobodysInThatOfTheSystem() throws IOException {
    debian(root);
    machine.file("/usr/bin/node", "");
    FoundRoot system = only(search(machine.host()));
    TrustStores.on(machine.host()).only("node").install(other);
    InstalledRoots.in(machine.host().stateDirectory().orElseThrow()).remove(other);

    List<FoundRoot> found = search(machine.host()).found();

    assertThat(system.owner()).isEmpty();
    assertThat(system.isOf(machine.host())).isFalse();
    assertThat(found).hasSize(2);
    assertThat(found.get(1).isOf(machine.host())).isTrue();
  }

  @Test
  void install_withTheFolderOfItsCa_isFoundWithIt() {
    machine.file("/usr/bin/node", "");
    Path folder = machine.home().resolve("a project\nwith lines/ca");

    TrustStores.on(machine.host()).withCaFolder(folder).only("node").install(root);

    assertThat(only(search(machine.host())).folder()).contains(folder);
    assertThat(
            Optional.of(Fingerprint.of(root))
                .filter(f -> TrustStores.isRecorded(machine.host(), f)))
        .isPresent();
  }
}
