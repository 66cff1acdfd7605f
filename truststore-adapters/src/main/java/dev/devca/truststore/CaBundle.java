package dev.devca.truststore;

import dev.devca.ca.Pem;
import dev.devca.ca.files.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The PEM file that a variable names: the certificates of the user's own files, those of the system
 * where the file stands in for them, and the roots that devca installed. Immutable.
 *
 * @param merged the user's own files as they were when they were merged, by variable
 * @param system what the system trusts, without the roots
 * @param roots the installed roots, and whatever others have appended
 * @param whole whether programs read the file: for one malformed block they refuse or ignore all
 */
record CaBundle(
    Map<String, UserCaFile> merged,
    Optional<SystemBundle> system,
    List<X509Certificate> roots,
    boolean whole) {
  private static final String HEADER =
      """
      # Made by devca: the certificates that programs trust by a variable which names this file.
      # devca install writes it anew, devca uninstall removes it.
      """;
  private static final Pattern MERGED =
      Pattern.compile("(?m)^# merged from: (.+) sha256 ([!-~]+) for ([!-~]+)$", Pattern.UNIX_LINES);
  private static final Pattern SYSTEM =
      Pattern.compile(
          "(?m)^# the system's, from: (.+) sha256 ([!-~]+), as follows ([!-~]+)\n",
          Pattern.UNIX_LINES);
  private static final String ROOTS = "# roots installed by devca:\n";

  CaBundle {
    // In a fixed order, so that the same knowledge is the same bytes.
    merged = Collections.unmodifiableMap(new LinkedHashMap<>(merged));
    roots = List.copyOf(roots);
  }

  /** A file that is not there. */
  static CaBundle none() {
    return new CaBundle(Map.of(), Optional.empty(), List.of(), true);
  }

  static CaBundle parse(byte[] bytes, FileSystem files) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int rootsAt = Math.max(text.lastIndexOf(ROOTS), 0);
    Matcher systemMark = SYSTEM.matcher(text).region(0, rootsAt);
    int systemAt = rootsAt;
    boolean damaged = false;
    Optional<SystemBundle> system = Optional.empty();
    if (systemMark.find()) {
      systemAt = systemMark.start();
      String rest = text.substring(systemMark.end(), rootsAt);
      String state = systemMark.group(2);
      // Not parsed: with all that the system trusts that would take long.
      damaged = !hash(rest).equals(systemMark.group(3));
      system = path(files, systemMark.group(1)).map(path -> new SystemBundle(path, state, rest));
    }
    PemScan own = scan(text.substring(0, systemAt));
    PemScan roots = scan(text.substring(rootsAt));
    return new CaBundle(
        merged(text.substring(0, systemAt), files),
        system,
        roots.certificates(),
        !damaged && own.malformed() == 0 && roots.malformed() == 0);
  }

  private static Map<String, UserCaFile> merged(String text, FileSystem files) {
    Map<String, UserCaFile> merged = new LinkedHashMap<>();
    Matcher mark = MERGED.matcher(text);
    boolean found = mark.find();
    while (found) {
      int start = mark.end();
      String state = mark.group(2);
      String variable = mark.group(3);
      Optional<Path> path = path(files, mark.group(1));
      found = mark.find();
      PemScan part = scan(text.substring(start, found ? mark.start() : text.length()));
      path.ifPresent(p -> merged.put(variable, new UserCaFile(p, state, part.certificates(), "")));
    }
    return merged;
  }

  private static PemScan scan(String text) {
    return PemScan.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Optional<Path> path(FileSystem files, String name) {
    try {
      String utf8 = new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      return Optional.of(files.getPath(OneLine.unescape(utf8)));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Whether programs trust the root by this file. */
  boolean trusts(X509Certificate root) {
    return whole
        && (roots.contains(root)
            || merged.values().stream().anyMatch(m -> m.certificates().contains(root)));
  }

  /** Whether {@code other} would say nothing new. */
  boolean isAs(CaBundle other) {
    return whole
        && roots.equals(other.roots)
        && sources(merged).equals(sources(other.merged))
        && system.equals(other.system);
  }

  private static Map<String, String> sources(Map<String, UserCaFile> merged) {
    Map<String, String> sources = new LinkedHashMap<>();
    merged.forEach((variable, file) -> sources.put(variable, file.state() + " " + file.path()));
    return sources;
  }

  /** The same roots and perhaps another, with the sources as they are now. */
  CaBundle with(
      X509Certificate root, Map<String, UserCaFile> users, Optional<SystemBundle> systemNow) {
    Set<X509Certificate> all = new LinkedHashSet<>(roots);
    all.add(root);
    return new CaBundle(users, systemNow.map(s -> s.without(all)), List.copyOf(all), true);
  }

  /** The same certificates without a root. */
  CaBundle without(X509Certificate root) {
    return new CaBundle(
        merged,
        system.map(s -> s.without(List.of(root))),
        roots.stream().filter(other -> !other.equals(root)).toList(),
        whole);
  }

  /** The files that were merged and have changed since. */
  List<Path> changedSources(Optional<SystemBundle> now) {
    return Stream.concat(
            merged.values().stream()
                .filter(file -> !UserCaFile.stateOf(file.path()).equals(file.state()))
                .map(UserCaFile::path),
            system.stream()
                .filter(old -> !now.map(SystemBundle::state).equals(Optional.of(old.state())))
                .map(SystemBundle::path))
        .toList();
  }

  byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, HEADER);
    Set<X509Certificate> written = new LinkedHashSet<>(roots);
    merged.forEach(
        (variable, file) -> {
          write(out, "# merged from: " + source(file.path(), file.state()));
          write(out, " for " + variable + "\n");
          file.certificates().stream()
              .filter(written::add)
              .forEach(certificate -> write(out, Pem.encode(certificate)));
        });
    system.ifPresent(
        bundle -> {
          write(out, "# the system's, from: " + source(bundle.path(), bundle.state()));
          write(out, ", as follows " + hash(bundle.text()) + "\n");
          out.writeBytes(bundle.text().getBytes(StandardCharsets.ISO_8859_1));
        });
    write(out, ROOTS);
    roots.forEach(root -> write(out, Pem.encode(root)));
    return out.toByteArray();
  }

  private static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String source(Path path, String state) {
    return OneLine.escape(path.toString()) + " sha256 " + state;
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
