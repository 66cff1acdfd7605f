package dev.devca.truststore;

import static java.util.Comparator.comparingInt;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the journal knows of one file. Immutable. On disk: a line {@code devca-journal 1}, lines
 * {@code key: value}, an empty line, and the bytes that were there.
 *
 * @param file the file
 * @param original what was there before the first change, empty if there was no file
 * @param written the SHA-256 of each content that may be ours, {@code absent} for no file
 * @param roots the roots that are in the file because of us
 * @param createdFolders the folders made for the file, outermost first
 */
record JournalEntry(
    Path file,
    Optional<byte[]> original,
    Set<String> written,
    Set<Fingerprint> roots,
    List<Path> createdFolders) {
  private static final String HEADER = "devca-journal 1";
  private static final String ABSENT = "absent";

  JournalEntry {
    // In a fixed order, so that the same knowledge is the same bytes.
    written = Collections.unmodifiableSet(new LinkedHashSet<>(written));
    roots = Collections.unmodifiableSet(new LinkedHashSet<>(roots));
    createdFolders = List.copyOf(createdFolders);
  }

  static JournalEntry begin(Path file, Optional<byte[]> original) {
    return new JournalEntry(file, original, Set.of(hash(original)), Set.of(), List.of());
  }

  /** The same roots and folders for a file that others have written meanwhile. */
  JournalEntry beginAgain(Optional<byte[]> current) {
    return new JournalEntry(file, current, Set.of(hash(current)), roots, createdFolders);
  }

  boolean isAsWritten(Optional<byte[]> content) {
    return written.contains(hash(content));
  }

  JournalEntry withRoot(Fingerprint root) {
    Set<Fingerprint> all = new LinkedHashSet<>(roots);
    all.add(root);
    return new JournalEntry(file, original, written, all, createdFolders);
  }

  JournalEntry withoutRoot(Fingerprint root) {
    Set<Fingerprint> all = new LinkedHashSet<>(roots);
    all.remove(root);
    return new JournalEntry(file, original, written, all, createdFolders);
  }

  JournalEntry withCreatedFolders(List<Path> folders) {
    Set<Path> all = new LinkedHashSet<>(createdFolders);
    all.addAll(folders);
    List<Path> sorted = all.stream().sorted(comparingInt(Path::getNameCount)).toList();
    return new JournalEntry(file, original, written, roots, sorted);
  }

  JournalEntry withOriginal(Optional<byte[]> content) {
    return new JournalEntry(file, content, written, roots, createdFolders);
  }

  /** Allows for a content that is about to be written, beside those that may be there. */
  JournalEntry withNext(Optional<byte[]> content) {
    Set<String> all = new LinkedHashSet<>(written);
    all.add(hash(content));
    return new JournalEntry(file, original, all, roots, createdFolders);
  }

  JournalEntry withOnly(Optional<byte[]> content) {
    return new JournalEntry(file, original, Set.of(hash(content)), roots, createdFolders);
  }

  byte[] toBytes() {
    StringBuilder head = new StringBuilder(HEADER).append('\n');
    line(head, "file", file.toString());
    line(head, "original", hash(original));
    written.forEach(hash -> line(head, "written", hash));
    roots.forEach(root -> line(head, "root", root.hex()));
    createdFolders.forEach(folder -> line(head, "created", folder.toString()));
    head.append('\n');
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(original.orElse(new byte[0]));
    return out.toByteArray();
  }

  private static void line(StringBuilder head, String key, String value) {
    head.append(key).append(": ").append(OneLine.escape(value)).append('\n');
  }

  /** Reads an entry; empty if it is torn, foreign, of another version, or of another file. */
  static Optional<JournalEntry> parse(Path file, byte[] bytes) {
    int end = endOfHead(bytes);
    if (end < 0) {
      return Optional.empty();
    }
    byte[] rest = Arrays.copyOfRange(bytes, end, bytes.length);
    try {
      String head =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end)).toString();
      List<String> lines = head.lines().filter(line -> !line.isEmpty()).toList();
      if (lines.isEmpty()
          || !lines.get(0).equals(HEADER)
          || !values(lines, "file").equals(List.of(file.toString()))) {
        return Optional.empty();
      }
      List<String> originals = values(lines, "original");
      Optional<byte[]> original =
          originals.equals(List.of(ABSENT)) ? Optional.empty() : Optional.of(rest);
      if (!originals.equals(List.of(hash(original)))) {
        return Optional.empty();
      }
      Set<Fingerprint> roots = new LinkedHashSet<>();
      values(lines, "root").forEach(hex -> roots.add(new Fingerprint(hex)));
      List<Path> created = new ArrayList<>();
      values(lines, "created").forEach(name -> created.add(file.getFileSystem().getPath(name)));
      return Optional.of(
          new JournalEntry(
              file, original, new LinkedHashSet<>(values(lines, "written")), roots, created));
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The file that an entry is about; empty if it is torn or foreign. */
  static Optional<Path> fileOf(byte[] bytes, FileSystem files) {
    int end = Math.max(endOfHead(bytes), 0);
    List<String> lines = new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    try {
      return values(lines, "file").stream().findFirst().map(files::getPath);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static List<String> values(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key + ": "))
        .map(line -> line.substring(key.length() + 2))
        .map(OneLine::unescape)
        .toList();
  }

  private static int endOfHead(byte[] bytes) {
    for (int i = 1; i < bytes.length; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static String hash(Optional<byte[]> content) {
    return content.map(Sha256::hex).orElse(ABSENT);
  }

  static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }
}
