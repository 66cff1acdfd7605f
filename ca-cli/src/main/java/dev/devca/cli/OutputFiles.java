package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.OwnFiles;
import dev.devca.ca.SubjectAltName;
import dev.devca.ca.files.BoundedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a certificate and its key go, and whether they may: what devca did not write is never lost.
 * For one thread after the other.
 */
final class OutputFiles {
  // A file name has at most 255 bytes; this leaves room for "+999-client-key.pem".
  private static final int STEM_LIMIT = 220;

  private final List<OutputFile> files;
  // Looked up once.
  private Map<OutputFile, Path> places = Map.of();

  private OutputFiles(List<OutputFile> files) {
    this.files = List.copyOf(files);
  }

  /**
   * The files asked for. Certificate and key have mkcert's names in the current folder if none are
   * given for them: the first name, {@code +N} for N more, {@code -client}; the common name where
   * that is the only one; {@code -with-key} where one file holds both. They are left out where a
   * key store alone is asked for.
   *
   * @param combined whether both go into one file if nothing is said
   */
  static OutputFiles choose(
      LeafRequest request, boolean client, OutputOptions options, boolean combined) {
    List<OutputFile> files =
        options.writesPair()
            ? pair(stem(request) + (client ? "-client" : ""), options, combined)
            : List.of();
    return withKeyStores(files, options);
  }

  /** The file asked for, for a certificate whose key is elsewhere. */
  static OutputFiles withoutKey(OutputOptions options) {
    List<OutputFile> files = new ArrayList<>();
    add(files, options, OutputKind.CERTIFICATE, "");
    return withKeyStores(files, options);
  }

  private static List<OutputFile> pair(String stem, OutputOptions options, boolean combined) {
    String end = options.der() ? ".der" : ".pem";
    List<OutputFile> files = new ArrayList<>();
    // By a name of its own: it must not take the place of a certificate whose key stays beside it.
    add(files, options, OutputKind.CERTIFICATE, stem + (combined ? "-with-key" : "") + end);
    add(files, options, OutputKind.KEY, combined ? files.get(0).shown() : stem + "-key" + end);
    if (!files.get(0).isSame(files.get(1))) {
      return files;
    }
    if (options.der()) {
      throw wrong("a file of DER holds one thing; give key and certificate a file each");
    }
    List<OutputKind> both = List.of(OutputKind.CERTIFICATE, OutputKind.KEY);
    return List.of(new OutputFile(both, files.get(0).path()));
  }

  private static OutputFiles withKeyStores(List<OutputFile> others, OutputOptions options) {
    List<OutputFile> files = new ArrayList<>(others);
    for (OutputKind kind : OutputKind.values()) {
      if (kind.isKeyStore() && options.file(kind).isPresent()) {
        add(files, options, kind, "");
      }
    }
    checkDistinct(files);
    return new OutputFiles(files);
  }

  private static void add(
      List<OutputFile> files, OutputOptions options, OutputKind kind, String otherwise) {
    files.add(OutputFile.of(kind, options.file(kind).orElse(otherwise)));
  }

  private static void checkDistinct(List<OutputFile> files) {
    for (int i = 0; i < files.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (files.get(i).isSame(files.get(j))) {
          throw wrong("two of its files are both to be " + files.get(i).shown());
        }
      }
    }
  }

  private static String stem(LeafRequest request) {
    List<SubjectAltName> names = request.names();
    if (names.isEmpty()) {
      return stem(request.commonName().orElseThrow());
    }
    String stem = stem(names.get(0).value());
    return names.size() > 1 ? stem + "+" + (names.size() - 1) : stem;
  }

  /** A name as a file name: nothing of it can lead to another folder. */
  private static String stem(String name) {
    StringBuilder stem = new StringBuilder();
    for (int i = 0; i < Math.min(name.length(), STEM_LIMIT); i++) {
      char c = name.charAt(i);
      if (c == '*') {
        stem.append("_wildcard");
      } else {
        // A file that begins with one of these is hidden, or taken for an option.
        boolean first = i == 0 && (c == '.' || c == '-');
        boolean safe =
            !first && c < 128 && (Character.isLetterOrDigit(c) || ".-_@+".indexOf(c) >= 0);
        stem.append(safe ? c : '_');
      }
    }
    return stem.toString();
  }

  List<OutputFile> all() {
    return files;
  }

  /** The file that holds it, if it is written at all. */
  Optional<OutputFile> of(OutputKind kind) {
    for (OutputFile file : files) {
      if (file.holds(kind)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** Those that are files with their absolute paths, in their order. */
  Map<OutputFile, Path> places() {
    return places(new HashMap<>());
  }

  /** The same for one of many, with the folders whose links are known. */
  Map<OutputFile, Path> places(Map<Path, Path> folders) {
    if (places.isEmpty()) {
      Map<OutputFile, Path> found = new LinkedHashMap<>();
      for (OutputFile file : files) {
        file.real(folders).ifPresent(path -> found.put(file, path));
      }
      places = Collections.unmodifiableMap(found);
    }
    return places;
  }

  boolean haveSecret() {
    return files.stream().anyMatch(OutputFile::isSecret);
  }

  boolean useStandardOutput() {
    for (OutputFile file : files) {
      if (file.path().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  boolean haveKeyStore() {
    for (OutputFile file : files) {
      if (file.kinds().get(0).isKeyStore()) {
        return true;
      }
    }
    return false;
  }

  /** Refuses folders that are missing or read-only, before anything is made. */
  void checkFolders() throws CaException {
    Set<Path> good = new HashSet<>();
    for (OutputFile file : files) {
      file.checkFolder(good);
    }
  }

  /**
   * Refuses to replace what is not ours.
   *
   * @param password that of the key stores
   */
  void checkMayReplace(Optional<CertificateAuthority> ca, boolean force, char[] password)
      throws CaException {
    for (OutputFile file : files) {
      if (!file.exists()) {
        continue;
      }
      file.checkReplaceable(ca);
      if (!force && (ca.isEmpty() || !isOwn(ca.get().ownFiles(), file, password))) {
        throw file.cannotWrite(
            "it is there, and is not " + wanted(file),
            "choose another file with " + file.options() + ", or replace it with --force");
      }
    }
  }

  private boolean isOwn(OwnFiles own, OutputFile file, char[] password) {
    if (file.kinds().get(0).isKeyStore()) {
      return own.isKeyStore(file.path().orElseThrow(), password);
    }
    Path path = file.path().orElseThrow();
    if (file.holds(OutputKind.CERTIFICATE)) {
      // With a key in it that is another's, that would be lost.
      return own.isPair(path, path) || (own.isCertificate(path) && !hasKey(path));
    }
    // A key whose certificate goes elsewhere may be anybody's.
    return of(OutputKind.CERTIFICATE)
        .flatMap(OutputFile::path)
        .filter(chain -> own.isPair(chain, path))
        .isPresent();
  }

  private static boolean hasKey(Path file) {
    try {
      return new String(
              BoundedFiles.read(file, BoundedFiles.PEM_LIMIT), StandardCharsets.ISO_8859_1)
          .contains("PRIVATE KEY-----");
    } catch (IOException e) {
      // It may have one.
      return true;
    }
  }

  /** What a file would have to be, to be replaced without a word. */
  private String wanted(OutputFile file) {
    if (file.kinds().get(0).isKeyStore()) {
      return "a key store of this CA with this password";
    }
    if (file.holds(OutputKind.CERTIFICATE)) {
      return "a certificate of this CA, alone or with its key";
    }
    return "the key of a certificate of this CA in "
        + of(OutputKind.CERTIFICATE).map(OutputFile::shown).orElse("another file");
  }

  static UsageException wrong(String why) {
    return new UsageException("cannot issue a certificate: " + why, "devca issue --help");
  }
}
