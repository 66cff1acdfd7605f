package dev.devca.truststore;

import dev.devca.ca.files.BoundedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Linux distribution a host runs, see <a
 * href="https://www.freedesktop.org/software/systemd/man/latest/os-release.html">os-release(5)</a>.
 *
 * @param names its own name, then those of the distributions that it is like, nearest first
 */
record OsRelease(List<String> names) {
  private static final List<String> PLACES = List.of("/etc/os-release", "/usr/lib/os-release");
  private static final Pattern ID = Pattern.compile("(?m)^(ID|ID_LIKE)=[\"']?([a-zA-Z0-9._ -]*)");

  OsRelease {
    names = List.copyOf(names);
  }

  static OsRelease of(Host host) {
    return PLACES.stream()
        .flatMap(place -> read(host.path(place)).stream())
        .findFirst()
        .map(OsRelease::parse)
        .orElse(new OsRelease(List.of()));
  }

  private static Optional<String> read(Path file) {
    try {
      byte[] text = BoundedFiles.read(file, BoundedFiles.PEM_LIMIT);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Folders and programs tell as well.
      return Optional.empty();
    }
  }

  static OsRelease parse(String text) {
    List<String> own = new ArrayList<>();
    List<String> like = new ArrayList<>();
    Matcher line = ID.matcher(text);
    while (line.find()) {
      List<String> values = List.of(line.group(2).toLowerCase(Locale.ROOT).strip().split(" +"));
      (line.group(1).equals("ID") ? own : like).addAll(values);
    }
    own.addAll(like);
    return new OsRelease(own);
  }
}
