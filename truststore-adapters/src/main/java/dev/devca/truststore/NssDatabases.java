package dev.devca.truststore;

import dev.devca.ca.files.BoundedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the databases of NSS in a home on Linux. A new place is one line in a table. */
final class NssDatabases {
  static final String CHROMIUM = "Chromium";

  private record Place(String application, String folder) {}

  /** Folders of profiles, each with its list and the profiles that are not on it. */
  private static final List<Place> PROFILES =
      List.of(
          new Place("Firefox", "~/.mozilla/firefox"),
          // Since Firefox 147, for those that were never run before.
          new Place("Firefox", "$XDG_CONFIG_HOME/mozilla/firefox"),
          new Place("Firefox", "~/.config/mozilla/firefox"),
          new Place("Firefox", "~/snap/firefox/common/.mozilla/firefox"),
          new Place("Firefox", "~/snap/firefox/common/.config/mozilla/firefox"),
          new Place("Firefox", "~/snap/firefox/current/.config/mozilla/firefox"),
          new Place("Firefox", "~/.var/app/org.mozilla.firefox/.mozilla/firefox"),
          new Place("Firefox", "~/.var/app/org.mozilla.firefox/config/mozilla/firefox"),
          new Place("Firefox", "~/.var/app/org.mozilla.firefox/.config/mozilla/firefox"),
          new Place("Thunderbird", "~/.thunderbird"),
          new Place("Thunderbird", "$XDG_CONFIG_HOME/thunderbird"),
          new Place("Thunderbird", "~/.config/thunderbird"),
          new Place("Thunderbird", "~/snap/thunderbird/common/.thunderbird"),
          new Place("Thunderbird", "~/.var/app/org.mozilla.Thunderbird/.thunderbird"),
          new Place("Thunderbird", "~/.var/app/org.mozilla.thunderbird/.thunderbird"),
          new Place("Betterbird", "~/.var/app/eu.betterbird.Betterbird/.thunderbird"),
          new Place("LibreWolf", "~/.librewolf"),
          new Place("LibreWolf", "$XDG_CONFIG_HOME/librewolf/librewolf"),
          new Place("LibreWolf", "~/.config/librewolf/librewolf"),
          new Place("LibreWolf", "~/.var/app/io.gitlab.librewolf-community/.librewolf"),
          new Place(
              "LibreWolf", "~/.var/app/io.gitlab.librewolf-community/.config/librewolf/librewolf"),
          new Place(
              "LibreWolf", "~/.var/app/io.gitlab.librewolf-community/config/librewolf/librewolf"),
          new Place("Waterfox", "~/.waterfox"),
          new Place("Waterfox", "~/.var/app/net.waterfox.waterfox/.waterfox"),
          new Place("Zen", "~/.zen"),
          new Place("Zen", "$XDG_CONFIG_HOME/zen"),
          new Place("Zen", "~/.config/zen"),
          new Place("Zen", "~/.var/app/app.zen_browser.zen/.zen"),
          new Place("Zen", "~/.var/app/app.zen_browser.zen/config/zen"),
          new Place("Floorp", "~/.floorp"),
          new Place("Floorp", "~/.var/app/one.ablaze.floorp/.floorp"));

  private static final String SHARED = "~/.pki/nssdb";

  /** Databases that all programs of Chromium's family share, in one home or sandbox. */
  private static final List<Place> DATABASES =
      List.of(
          new Place(CHROMIUM, SHARED),
          new Place(CHROMIUM, "$XDG_DATA_HOME/pki/nssdb"),
          new Place(CHROMIUM, "~/.local/share/pki/nssdb"),
          new Place(CHROMIUM, "~/snap/*/current/.pki/nssdb"),
          new Place(CHROMIUM, "~/snap/*/current/.local/share/pki/nssdb"),
          new Place(CHROMIUM, "~/snap/*/common/.pki/nssdb"),
          new Place(CHROMIUM, "~/.var/app/*/.pki/nssdb"),
          new Place(CHROMIUM, "~/.var/app/*/data/pki/nssdb"));

  // A list of a thousand profiles is a tenth of this.
  private static final int LIST_LIMIT = 1024 * 1024;

  private final Map<Path, NssDatabase> byRealPath = new LinkedHashMap<>();

  private NssDatabases() {}

  /** Those of the places, each once under the first of its names, and one that is to be made. */
  static List<NssDatabase> on(Host host) {
    NssDatabases found = new NssDatabases();
    for (Place place : PROFILES) {
      for (Path folder : Places.folders(host, place.folder())) {
        profiles(folder).forEach(profile -> found.add(place.application(), profile));
      }
    }
    for (Place place : DATABASES) {
      Places.folders(host, place.folder()).forEach(f -> found.add(place.application(), f));
    }
    toBeMade(host).ifPresent(folder -> found.add(folder, NssDatabase.State.TO_BE_MADE, CHROMIUM));
    return List.copyOf(found.byRealPath.values());
  }

  private void add(String application, Path folder) {
    if (Files.exists(folder.resolve("cert9.db"))) {
      add(folder, NssDatabase.State.READY, application);
    } else if (Files.exists(folder.resolve("cert8.db"))) {
      add(folder, NssDatabase.State.OLD, application);
    }
  }

  private void add(Path folder, NssDatabase.State state, String application) {
    byRealPath.putIfAbsent(real(folder), new NssDatabase(application, folder, state));
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder;
    }
  }

  /** The profiles on the list, which may lie anywhere, then whatever lies beside the list. */
  private static List<Path> profiles(Path folder) {
    List<Path> profiles = new ArrayList<>();
    try {
      BoundedFiles.readIfPresent(folder.resolve("profiles.ini"), LIST_LIMIT)
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
          .ifPresent(text -> profiles.addAll(ProfilesIni.profiles(folder, text)));
    } catch (IOException e) {
      // What a list that cannot be read would name cannot be known; the rest can.
      profiles.clear();
    }
    try (Stream<Path> beside = Files.list(folder)) {
      beside.filter(Files::isDirectory).sorted().forEach(profiles::add);
    } catch (IOException e) {
      return profiles;
    }
    return profiles;
  }

  /**
   * The folder in which Chromium will make its database when it first runs: it takes {@code ~/.pki}
   * if that is there, and if not, since version 146, the user's data folder.
   */
  private static Optional<Path> toBeMade(Host host) {
    if (host.home().isEmpty() || !NssPrograms.has(host, CHROMIUM)) {
      return Optional.empty();
    }
    return Places.folders(host, SHARED).stream()
        .findFirst()
        .or(
            () ->
                host.variable("XDG_DATA_HOME")
                    .flatMap(host::absolutePath)
                    .or(() -> host.home().map(home -> home.resolve(".local").resolve("share")))
                    .map(data -> data.resolve("pki").resolve("nssdb")));
  }
}
