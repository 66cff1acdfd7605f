package dev.devca.truststore;

import dev.devca.ca.Pem;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The PEM file of the certificates that Node trusts beside its own: those of the user's own file,
 * and the roots that devca installed. Immutable.
 *
 * @param merged the user's own file, as it was when it was merged
 * @param roots the installed roots, and whatever others have appended
 * @param whole whether Node reads the file: for one malformed block it ignores all
 */
record ExtraCaFile(Optional<UserCaFile> merged, List<X509Certificate> roots, boolean whole) {
  private static final String HEADER =
      """
      # Made by devca: certificates that Node.js trusts beside its own.
      # devca install writes it anew, devca uninstall removes it.
      """;
  private static final Pattern MERGED =
      Pattern.compile("(?m)^# merged from: (.+) sha256 (\\S+)$", Pattern.UNIX_LINES);
  private static final String ROOTS = "# roots installed by devca:\n";

  ExtraCaFile {
    roots = List.copyOf(roots);
  }

  /** A file that is not there. */
  static ExtraCaFile none() {
    return new ExtraCaFile(Optional.empty(), List.of(), true);
  }

  static ExtraCaFile parse(byte[] bytes, FileSystem files) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int start = Math.max(text.indexOf(ROOTS), 0);
    PemScan own = PemScan.of(text.substring(0, start).getBytes(StandardCharsets.UTF_8));
    PemScan roots = PemScan.of(text.substring(start).getBytes(StandardCharsets.UTF_8));
    Matcher source = MERGED.matcher(text.substring(0, start));
    Optional<UserCaFile> merged = Optional.empty();
    if (source.find()) {
      merged =
          path(files, OneLine.unescape(source.group(1)))
              .map(path -> new UserCaFile(path, source.group(2), own.certificates(), ""));
    }
    return new ExtraCaFile(
        merged, roots.certificates(), own.malformed() == 0 && roots.malformed() == 0);
  }

  private static Optional<Path> path(FileSystem files, String name) {
    try {
      return Optional.of(files.getPath(name));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Whether Node trusts the root by this file. */
  boolean trusts(X509Certificate root) {
    return whole
        && (roots.contains(root) || merged.stream().anyMatch(m -> m.certificates().contains(root)));
  }

  /** Whether {@link #with} would say nothing new. */
  boolean isWith(X509Certificate root, Optional<UserCaFile> own) {
    return whole
        && roots.contains(root)
        && merged.map(UserCaFile::path).equals(own.map(UserCaFile::path))
        && merged.map(UserCaFile::state).equals(own.map(UserCaFile::state));
  }

  /** The same roots and another, with the user's own file as it is now. */
  ExtraCaFile with(X509Certificate root, Optional<UserCaFile> own) {
    Set<X509Certificate> all = new LinkedHashSet<>(roots);
    all.add(root);
    return new ExtraCaFile(own, List.copyOf(all), true);
  }

  /** The same certificates without a root. */
  ExtraCaFile without(X509Certificate root) {
    return new ExtraCaFile(
        merged, roots.stream().filter(other -> !other.equals(root)).toList(), whole);
  }

  /** The user's file that was merged, where it has changed since. */
  Optional<Path> changedSource() {
    return merged
        .filter(file -> !UserCaFile.stateOf(file.path()).equals(file.state()))
        .map(UserCaFile::path);
  }

  byte[] toBytes() {
    StringBuilder text = new StringBuilder(HEADER);
    Set<X509Certificate> written = new LinkedHashSet<>(roots);
    merged.ifPresent(
        file -> {
          text.append("# merged from: ")
              .append(OneLine.escape(file.path().toString()))
              .append(" sha256 ")
              .append(file.state())
              .append('\n');
          file.certificates().stream()
              .filter(written::add)
              .forEach(certificate -> text.append(Pem.encode(certificate)));
        });
    text.append(ROOTS);
    roots.forEach(root -> text.append(Pem.encode(root)));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
