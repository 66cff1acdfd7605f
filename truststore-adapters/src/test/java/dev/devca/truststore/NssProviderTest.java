package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NssProviderTest {
  private final X509Certificate root = TestRoots.create();
  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);

  @Test
  void discover_databases_areNamedForAPerson() {
    FakeCertutil certutil = FakeCertutil.on(machine);
    certutil.database(machine.home() + "/.mozilla/firefox/ab12.mein Profil");
    certutil.database(machine.home() + "/.pki/nssdb");
    machine.environment.put("XDG_DATA_HOME", "/x/data");
    certutil.database("/x/data/pki/nssdb");

    assertThat(stores())
        .extracting(TrustStore::id, TrustStore::displayName)
        .containsExactly(
            tuple(
                "nss:/home/Zoë Müller/.mozilla/firefox/ab12.mein Profil",
                "Firefox (~/.mozilla/firefox/ab12.mein Profil)"),
            tuple("nss:/home/Zoë Müller/.pki/nssdb", "Chromium (~/.pki/nssdb)"),
            tuple("nss:/x/data/pki/nssdb", "Chromium (/x/data/pki/nssdb)"));
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/bin/firefox-esr, firefox, Firefox",
    "/snap/bin/firefox, firefox, Firefox",
    "/opt/firefox/firefox, firefox, Firefox",
    "/var/lib/flatpak/exports/bin/org.mozilla.firefox, firefox, Firefox",
    "/home/Zoë Müller/.local/share/flatpak/exports/bin/org.mozilla.firefox, firefox, Firefox",
    "/usr/bin/librewolf, librewolf, LibreWolf",
    "/usr/bin/waterfox, waterfox, Waterfox",
    "/usr/bin/zen-browser, zen, Zen",
  })
  void everyOperation_browserNeverStarted_saysToStartIt(String program, String id, String name) {
    machine.file(program, "ELF");

    assertThat(stores()).hasSize(1);
    TrustStore store = stores().get(0);
    assertThat(store.id()).isEqualTo("nss:" + id);
    assertThat(store.displayName()).isEqualTo(name);
    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store, root))
          .isEqualTo(
              new TrustResult.Absent(
                  name + " has no profile yet", "start " + name + " once, then devca install"));
    }
  }

  @Test
  void discover_browserWithProfile_needsNoStart() {
    machine.file("/usr/bin/firefox", "ELF");
    FakeCertutil.on(machine).database(machine.home() + "/.mozilla/firefox/a");

    assertThat(stores()).hasSize(1);
    assertThat(stores().get(0).status(root)).isEqualTo(new TrustResult.NotTrusted(false));
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/bin/apt-get, sudo apt-get install libnss3-tools",
    "/usr/bin/dnf, sudo dnf install nss-tools",
    "/usr/bin/zypper, sudo zypper install mozilla-nss-tools",
    "/usr/bin/pacman, sudo pacman -S nss",
    "/sbin/apk, sudo apk add nss-tools",
    "/usr/bin/other, 'install the tools of NSS, which bring certutil'",
  })
  void everyOperation_noCertutil_isUnavailableOneByOneWithThePackage(
      String packages, String remedy) {
    machine.file(packages, "ELF");
    machine.file("/usr/bin/chromium", "ELF");
    machine.file(machine.home() + "/.mozilla/firefox/a/cert9.db", "SQLite");

    assertThat(stores())
        .extracting(TrustStore::id)
        .containsExactly(
            "nss:/home/Zoë Müller/.mozilla/firefox/a",
            "nss:/home/Zoë Müller/.local/share/pki/nssdb");
    for (TrustStore store : stores()) {
      for (Operation operation : Operation.values()) {
        assertThat(operation.apply(store, root))
            .isEqualTo(new TrustResult.Unavailable("certutil is missing", remedy));
      }
    }
  }

  @Test
  void everyOperation_formatOfOld_isUnavailableUntilTheBrowserRan() {
    FakeCertutil.on(machine);
    machine.file(machine.home() + "/.mozilla/firefox/a/cert8.db", "DBM");

    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(stores().get(0), root))
          .isInstanceOfSatisfying(
              TrustResult.Unavailable.class,
              unavailable -> {
                assertThat(unavailable.reason()).contains("cert8.db");
                assertThat(unavailable.remedy())
                    .isEqualTo("start Firefox once, then devca install");
              });
    }
    assertThat(machine.commands).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = OperatingSystem.class,
      names = {"MAC", "WINDOWS"})
  void discover_otherSystems_haveNone(OperatingSystem os) {
    FakeHost other = new FakeHost(os);
    other.file(other.home().resolve(".pki/nssdb/cert9.db").toString(), "SQLite");

    assertThat(new NssProvider().discover(other.host())).isEmpty();
  }

  @Test
  void exactly_idOfADatabaseThatIsNotFoundHere_answersForIt() {
    FakeCertutil certutil = FakeCertutil.on(machine);
    certutil.database("/data/profile");
    machine.directory(machine.host().stateDirectory().orElseThrow().toString());

    TrustStores there = TrustStores.exactly(machine.host(), "nss:/data/profile");
    TrustStores gone = TrustStores.exactly(machine.host(), "nss:/data/gone");

    assertThat(there.install(root))
        .extracting(Outcome::storeId, outcome -> outcome.result().kind())
        .containsExactly(tuple("nss:/data/profile", TrustResult.Kind.TRUSTED));
    assertThat(gone.install(root).get(0).result())
        .isEqualTo(new TrustResult.Absent("there is no /data/gone/cert9.db"));
  }

  @Test
  void discover_throughServiceLoader_findsTheStores() {
    FakeCertutil.on(machine).database(machine.home() + "/.pki/nssdb");

    assertThat(TrustStores.on(machine.host()).only("nss").stores())
        .extracting(TrustStore::displayName)
        .containsExactly("Chromium (~/.pki/nssdb)");
  }

  private List<TrustStore> stores() {
    return new NssProvider().discover(machine.host());
  }
}
