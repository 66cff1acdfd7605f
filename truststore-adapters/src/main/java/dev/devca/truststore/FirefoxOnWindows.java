package dev.devca.truststore;

import dev.devca.ca.files.BoundedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The profiles of Firefox on Windows. Since version 120 it trusts the roots that were added to
 * Windows, unless its user said no; so there is nothing to do, or something to say. NSS's certutil
 * is not used: no installer brings it, and the {@code certutil.exe} that each Windows has is
 * another program.
 */
final class FirefoxOnWindows {
  private static final List<String> PLACES =
      List.of(
          "$APPDATA/Mozilla/Firefox/Profiles/*",
          // From Microsoft's store.
          "$LOCALAPPDATA/Packages/Mozilla.Firefox_*/LocalCache/Roaming/Mozilla/Firefox/Profiles/*");

  // https://support.mozilla.org/kb/automatically-trust-third-party-certificates
  private static final int FIRST_THAT_READS_WINDOWS = 120;
  private static final String PREFERENCE = "security.enterprise_roots.enabled";
  private static final Pattern SETTING =
      Pattern.compile(
          "(?m)^\\s*user_pref\\(\\s*[\"']"
              + Pattern.quote(PREFERENCE)
              + "[\"']\\s*,\\s*(true|false)\\s*\\)");
  private static final Pattern VERSION = Pattern.compile("(?m)^LastVersion=(\\d{1,6})");
  private static final String REMEDY =
      "in Firefox, open about:config and set " + PREFERENCE + " to true";

  private FirefoxOnWindows() {}

  /** A store for each profile, which says whether it trusts what Windows trusts. */
  static List<TrustStore> stores(Host host) {
    return PLACES.stream()
        .flatMap(place -> Places.folders(host, place).stream())
        .filter(profile -> Files.exists(profile.resolve("prefs.js")))
        .map(profile -> store(host, profile))
        .toList();
  }

  private static TrustStore store(Host host, Path profile) {
    NssDatabase database = new NssDatabase("Firefox", profile, NssDatabase.State.READY);
    return new StandIn(database.id(), database.displayName(host), true, answer(profile));
  }

  private static TrustResult answer(Path profile) {
    // user.js is read after prefs.js.
    Optional<String> setting =
        Stream.of("prefs.js", "user.js")
            .flatMap(name -> SETTING.matcher(text(profile.resolve(name))).results())
            .map(result -> result.group(1))
            .reduce((first, second) -> second);
    Optional<Integer> version =
        VERSION
            .matcher(text(profile.resolve("compatibility.ini")))
            .results()
            .findFirst()
            .map(FirefoxOnWindows::number);
    if (setting.filter("false"::equals).isPresent()) {
      return new TrustResult.Unavailable("it is told to ignore the roots of Windows", REMEDY);
    }
    if (setting.isEmpty() && version.filter(v -> v < FIRST_THAT_READS_WINDOWS).isPresent()) {
      return new TrustResult.Unavailable(
          "version " + version.get() + " reads the roots of Windows only if told to", REMEDY);
    }
    return new TrustResult.Absent("it reads the roots of Windows");
  }

  private static int number(MatchResult result) {
    return Integer.parseInt(result.group(1));
  }

  private static String text(Path file) {
    try {
      return BoundedFiles.readIfPresent(file, BoundedFiles.STORE_LIMIT)
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
          .orElse("");
    } catch (IOException e) {
      // What cannot be read says nothing else than a new profile does.
      return "";
    }
  }
}
