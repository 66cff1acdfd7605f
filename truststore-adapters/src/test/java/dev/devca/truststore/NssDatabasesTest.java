package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NssDatabasesTest {
  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);

  @ParameterizedTest
  @CsvSource({
    "Firefox, .mozilla/firefox",
    "Firefox, .config/mozilla/firefox",
    "Firefox, snap/firefox/common/.mozilla/firefox",
    "Firefox, snap/firefox/common/.config/mozilla/firefox",
    "Firefox, snap/firefox/current/.config/mozilla/firefox",
    "Firefox, .var/app/org.mozilla.firefox/.mozilla/firefox",
    "Firefox, .var/app/org.mozilla.firefox/config/mozilla/firefox",
    "Firefox, .var/app/org.mozilla.firefox/.config/mozilla/firefox",
    "Thunderbird, .thunderbird",
    "Thunderbird, .config/thunderbird",
    "Thunderbird, snap/thunderbird/common/.thunderbird",
    "Thunderbird, .var/app/org.mozilla.Thunderbird/.thunderbird",
    "Thunderbird, .var/app/org.mozilla.thunderbird/.thunderbird",
    "Betterbird, .var/app/eu.betterbird.Betterbird/.thunderbird",
    "LibreWolf, .librewolf",
    "LibreWolf, .config/librewolf/librewolf",
    "LibreWolf, .var/app/io.gitlab.librewolf-community/.librewolf",
    "LibreWolf, .var/app/io.gitlab.librewolf-community/.config/librewolf/librewolf",
    "LibreWolf, .var/app/io.gitlab.librewolf-community/config/librewolf/librewolf",
    "Waterfox, .waterfox",
    "Waterfox, .var/app/net.waterfox.waterfox/.waterfox",
    "Zen, .zen",
    "Zen, .config/zen",
    "Zen, .var/app/app.zen_browser.zen/.zen",
    "Zen, .var/app/app.zen_browser.zen/config/zen",
    "Floorp, .floorp",
    "Floorp, .var/app/one.ablaze.floorp/.floorp",
  })
  void on_folderOfProfiles_findsThoseOfTheListAndThoseBeside(String application, String place) {
    String folder = home(place);
    machine.file(
        folder + "/profiles.ini",
        "[Profile0]\nIsRelative=1\nPath=used.default\n[Profile1]\nIsRelative=0\nPath=/data/my own\n");
    database("/data/my own");
    database(folder + "/used.default");
    database(folder + "/nicht gelistet é");
    machine.directory(folder + "/never-used.default-esr");
    machine.directory(folder + "/Crash Reports");

    assertThat(found())
        .containsExactly(
            application + " " + folder + "/used.default READY",
            application + " /data/my own READY",
            application + " " + folder + "/nicht gelistet é READY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".pki/nssdb",
        ".local/share/pki/nssdb",
        "snap/chromium/current/.pki/nssdb",
        "snap/brave/current/.pki/nssdb",
        "snap/chromium/current/.local/share/pki/nssdb",
        "snap/postman/common/.pki/nssdb",
        ".var/app/com.google.Chrome/.pki/nssdb",
        ".var/app/com.brave.Browser/data/pki/nssdb",
      })
  void on_sharedDatabase_findsIt(String place) {
    database(home(place));

    assertThat(found()).containsExactly("Chromium " + home(place) + " READY");
  }

  @Test
  void on_foldersMovedByVariables_findsThemAndTheUsualOnes() {
    machine.environment.put("XDG_CONFIG_HOME", "/x/config");
    machine.environment.put("XDG_DATA_HOME", "/x/data");
    for (String folder : List.of("mozilla/firefox/a", "librewolf/librewolf/b", "zen/c")) {
      database("/x/config/" + folder);
    }
    database("/x/data/pki/nssdb");
    database(home(".config/mozilla/firefox/d"));
    database(home(".local/share/pki/nssdb"));

    assertThat(found())
        .containsExactly(
            "Firefox /x/config/mozilla/firefox/a READY",
            "Firefox " + home(".config/mozilla/firefox/d") + " READY",
            "LibreWolf /x/config/librewolf/librewolf/b READY",
            "Zen /x/config/zen/c READY",
            "Chromium /x/data/pki/nssdb READY",
            "Chromium " + home(".local/share/pki/nssdb") + " READY");
  }

  @Test
  void on_oneDatabaseUnderManyNames_isNamedOnce() throws IOException {
    machine.environment.put("XDG_CONFIG_HOME", home(".config"));
    machine.environment.put("XDG_DATA_HOME", home(".local/share/"));
    String profile = home(".config/mozilla/firefox/a");
    database(profile);
    database(home(".local/share/pki/nssdb"));
    machine.file(
        home(".config/mozilla/firefox/profiles.ini"),
        "[Profile0]\nIsRelative=0\nPath=" + profile + "\n[Profile1]\nIsRelative=1\nPath=./a\n");
    link(home(".mozilla/firefox"), home(".config/mozilla/firefox"));
    database(home("snap/chromium/2900/.pki/nssdb"));
    link(home("snap/chromium/current"), home("snap/chromium/2900"));

    assertThat(found())
        .containsExactly(
            "Firefox " + home(".mozilla/firefox/a") + " READY",
            "Chromium " + home(".local/share/pki/nssdb") + " READY",
            "Chromium " + home("snap/chromium/current/.pki/nssdb") + " READY");
  }

  @Test
  void on_listThatCannotBeRead_findsWhatLiesBeside() {
    machine.directory(home(".mozilla/firefox/profiles.ini"));
    database(home(".mozilla/firefox/a"));

    assertThat(found()).containsExactly("Firefox " + home(".mozilla/firefox/a") + " READY");
  }

  @Test
  void on_formatOfOld_isOldUnlessTheNewOneIsThereToo() {
    machine.file(home(".mozilla/firefox/a/cert8.db"), "DBM");
    machine.file(home(".mozilla/firefox/b/cert8.db"), "DBM");
    database(home(".mozilla/firefox/b"));

    assertThat(found())
        .containsExactly(
            "Firefox " + home(".mozilla/firefox/a") + " OLD",
            "Firefox " + home(".mozilla/firefox/b") + " READY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/usr/bin/chromium",
        "/usr/bin/google-chrome-stable",
        "/opt/google/chrome/chrome",
        "/usr/bin/brave-browser",
        "/opt/brave.com/brave/brave",
        "/opt/microsoft/msedge/msedge",
        "/usr/bin/vivaldi",
        "/usr/lib64/chromium-browser/chromium-browser",
      })
  void on_chromiumNeverRun_isToBeMadeInTheFolderOfData(String program) {
    machine.file(program, "ELF");

    assertThat(found())
        .containsExactly("Chromium " + home(".local/share/pki/nssdb") + " TO_BE_MADE");
    machine.environment.put("XDG_DATA_HOME", "/x/data");
    assertThat(found()).containsExactly("Chromium /x/data/pki/nssdb TO_BE_MADE");
    machine.environment.put("XDG_DATA_HOME", "relative");
    assertThat(found())
        .containsExactly("Chromium " + home(".local/share/pki/nssdb") + " TO_BE_MADE");
  }

  @ParameterizedTest
  @ValueSource(strings = {".pki/nssdb", ".local/share/pki/nssdb"})
  void on_chromiumThatRan_makesNothing(String place) {
    machine.file("/usr/bin/chromium", "ELF");
    database(home(place));

    assertThat(found()).containsExactly("Chromium " + home(place) + " READY");
  }

  @Test
  void on_emptyFolderThatChromiumPrefers_isToBeMadeThere() {
    machine.file("/usr/bin/chromium", "ELF");
    machine.directory(home(".pki/nssdb"));

    assertThat(found()).containsExactly("Chromium " + home(".pki/nssdb") + " TO_BE_MADE");
  }

  @Test
  void on_chromiumOfASnap_makesNothing() {
    machine.environment.put("PATH", "/usr/bin:/snap/bin");
    machine.file("/snap/bin/chromium", "#!");

    assertThat(found()).isEmpty();
  }

  @Test
  void on_noHome_findsNothing() {
    machine.file("/usr/bin/chromium", "ELF");
    machine.environment.remove("HOME");

    assertThat(found()).isEmpty();
  }

  private List<String> found() {
    return NssDatabases.on(machine.host()).stream()
        .map(d -> d.application() + " " + d.folder() + " " + d.state())
        .toList();
  }

  private String home(String path) {
    return "/home/Zoë Müller/" + path;
  }

  private void database(String folder) {
    machine.file(folder + "/cert9.db", "SQLite");
  }

  private void link(String link, String target) throws IOException {
    Path path = machine.files.getPath(link);
    Files.createDirectories(path.getParent());
    Files.createSymbolicLink(path, machine.files.getPath(target));
  }
}
