package dev.devca.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What devca remembers of a certificate that it issued: enough to issue it again, and no secret.
 *
 * @param names what it is for, for a person
 * @param root the fingerprint of the root that it was issued under, in hex; empty if not known
 * @param from the first moment of its validity
 * @param until the last one
 * @param files what was written, and the SHA-256 of each; the one that names the record comes first
 * @param arguments those of {@code devca issue} that make it anew, with absolute paths
 * @param signed whether its key is elsewhere, with whoever made the certification request
 * @param obstacle why it cannot be made anew, or empty
 */
record IssuedRecord(
    List<String> names,
    String root,
    Instant from,
    Instant until,
    Map<Path, String> files,
    List<String> arguments,
    boolean signed,
    String obstacle) {
  // A later form of the record would begin otherwise. The last line shows that nothing is cut off.
  private static final String FIRST_LINE = "devca issued 1";
  private static final String LAST_LINE = "end";
  private static final String NAME = "name";
  private static final String ROOT = "root";
  private static final String FROM = "from";
  private static final String UNTIL = "until";
  private static final String FILE = "file";
  private static final String ARGUMENT = "argument";
  private static final String SIGNED = "signed";
  private static final String OBSTACLE = "obstacle";
  private static final int HASH_LENGTH = 64;
  private static final Duration SOON = Duration.ofDays(30);

  /** The file that a person knows it by. */
  Path file() {
    return files.keySet().iterator().next();
  }

  /** Where a part of it went. */
  Optional<Path> file(OutputKind kind) {
    for (Path file : files.keySet()) {
      if (arguments.contains(kind.option() + "=" + file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /**
   * How long before its end it is to be renewed: for one of a few days, 30 days would be always.
   */
  Duration soon() {
    Duration third = Duration.between(from, until).dividedBy(3);
    return third.compareTo(SOON) < 0 ? third : SOON;
  }

  /**
   * A line for each fact; quicker to write than JSON, which {@code issue} does not load.
   *
   * @throws IllegalArgumentException if one does not fit in a line
   */
  String text() {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    names.forEach(name -> add(text, NAME, name));
    if (!root.isEmpty()) {
      add(text, ROOT, root);
    }
    add(text, FROM, Utc.text(from));
    add(text, UNTIL, Utc.text(until));
    files.forEach((file, hash) -> add(text, FILE, hash + " " + file));
    arguments.forEach(argument -> add(text, ARGUMENT, argument));
    if (signed) {
      add(text, SIGNED, "yes");
    }
    if (!obstacle.isEmpty()) {
      add(text, OBSTACLE, obstacle);
    }
    return text.append(LAST_LINE).append('\n').toString();
  }

  private static void add(StringBuilder text, String key, String value) {
    if (value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("the name of a folder has a line break in it");
    }
    text.append(key).append('=').append(value).append('\n');
  }

  /**
   * Reads it back.
   *
   * @throws IllegalArgumentException if it is not what {@link #text} wrote; the message says why
   */
  static IssuedRecord read(String text) {
    if (!text.startsWith(FIRST_LINE + "\n")) {
      throw new IllegalArgumentException("it is no record of this version of devca");
    }
    if (!text.endsWith("\n" + LAST_LINE + "\n")) {
      throw new IllegalArgumentException("its end is missing");
    }
    Map<String, List<String>> facts = new LinkedHashMap<>();
    String[] lines = text.split("\n", -1);
    for (int i = 1; i < lines.length - 2; i++) {
      int equals = lines[i].indexOf('=');
      String key = equals < 0 ? "" : lines[i].substring(0, equals);
      switch (key) {
        case NAME, ROOT, FROM, UNTIL, FILE, ARGUMENT, SIGNED, OBSTACLE ->
            facts
                .computeIfAbsent(key, first -> new ArrayList<>())
                .add(lines[i].substring(equals + 1));
        default -> throw new IllegalArgumentException("line " + (i + 1) + " is not understood");
      }
    }
    return new IssuedRecord(
        all(facts, NAME),
        String.join(" ", all(facts, ROOT)),
        moment(facts, FROM),
        moment(facts, UNTIL),
        files(all(facts, FILE)),
        all(facts, ARGUMENT),
        facts.containsKey(SIGNED),
        String.join("; ", all(facts, OBSTACLE)));
  }

  private static List<String> all(Map<String, List<String>> facts, String key) {
    return List.copyOf(facts.getOrDefault(key, List.of()));
  }

  private static Instant moment(Map<String, List<String>> facts, String key) {
    String text = String.join(" ", all(facts, key));
    try {
      Instant moment = Instant.parse(text);
      // A year before 0 or after 9999, which no certificate has, can be read and not written.
      if (Utc.text(moment).equals(text)) {
        return moment;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + key + "' is no moment", e);
    }
    throw new IllegalArgumentException("'" + key + "' is no moment as devca writes it");
  }

  private static Map<Path, String> files(List<String> lines) {
    Map<Path, String> files = new LinkedHashMap<>();
    for (String line : lines) {
      if (line.indexOf(' ') != HASH_LENGTH) {
        throw new IllegalArgumentException("a file has no hash");
      }
      Path file = path(line.substring(HASH_LENGTH + 1));
      files.put(file, line.substring(0, HASH_LENGTH));
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("it names no file");
    }
    return files;
  }

  private static Path path(String text) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("a file name cannot be one", e);
    }
    throw new IllegalArgumentException("a file name is not absolute");
  }
}
