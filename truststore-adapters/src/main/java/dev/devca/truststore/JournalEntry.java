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
 * @param earlier what we had written for other roots, since others last wrote; the latest last
 */
record JournalEntry(
    Path file,
    Optional<byte[]> original,
    Set<String> written,
    Set<Fingerprint> roots,
    List<Path> createdFolders,
    List<Earlier> earlier) {
  private static final String NAME = "devca-journal ";
  private static final int VERSION = 1;
  private static final String HEADER = NAME + VERSION;
  private static final String ABSENT = "absent";
  // As a root is exchanged for another: with the one alone, with both, with the other alone.
  private static final int EARLIER_LIMIT = 2;

  /** The content that we wrote when these roots were in the file. */
  record Earlier(Set<Fingerprint> roots, byte[] content) {
    Earlier {
      roots = Collections.unmodifiableSet(new LinkedHashSet<>(roots));
    }
  }

  JournalEntry {
    // In a fixed order, so that the same knowledge is the same bytes.
    written = Collections.unmodifiableSet(new LinkedHashSet<>(written));
    roots = Collections.unmodifiableSet(new LinkedHashSet<>(roots));
    createdFolders = List.copyOf(createdFolders);
    earlier = List.copyOf(earlier);
  }

  static JournalEntry begin(Path file, Optional<byte[]> original) {
    return new JournalEntry(file, original, Set.of(hash(original)), Set.of(), List.of(), List.of());
  }

  /** The same roots and folders for a file that others have written meanwhile. */
  JournalEntry beginAgain(Optional<byte[]> current) {
    return new JournalEntry(file, current, Set.of(hash(current)), roots, createdFolders, List.of());
  }

  boolean isAsWritten(Optional<byte[]> content) {
    return written.contains(hash(content));
  }

  JournalEntry withRoot(Fingerprint root) {
    Set<Fingerprint> all = new LinkedHashSet<>(roots);
    all.add(root);
    return new JournalEntry(file, original, written, all, createdFolders, earlier);
  }

  JournalEntry withoutRoot(Fingerprint root) {
    Set<Fingerprint> all = new LinkedHashSet<>(roots);
    all.remove(root);
    return new JournalEntry(file, original, written, all, createdFolders, earlier);
  }

  JournalEntry withCreatedFolders(List<Path> folders) {
    Set<Path> all = new LinkedHashSet<>(createdFolders);
    all.addAll(folders);
    List<Path> sorted = all.stream().sorted(comparingInt(Path::getNameCount)).toList();
    return new JournalEntry(file, original, written, roots, sorted, earlier);
  }

  JournalEntry withOriginal(Optional<byte[]> content) {
    return new JournalEntry(file, content, written, roots, createdFolders, earlier);
  }

  /** Allows for a content that is about to be written, beside those that may be there. */
  JournalEntry withNext(Optional<byte[]> content) {
    Set<String> all = new LinkedHashSet<>(written);
    all.add(hash(content));
    return new JournalEntry(file, original, all, roots, createdFolders, earlier);
  }

  JournalEntry withOnly(Optional<byte[]> content) {
    return new JournalEntry(file, original, Set.of(hash(content)), roots, createdFolders, earlier);
  }

  /** Keeps the content of now for when the root that is to come goes first. */
  JournalEntry before(Fingerprint root, Optional<byte[]> current) {
    List<Earlier> kept = new ArrayList<>();
    // A root that is there already has its content renewed: what was before is out of date.
    if (!roots.contains(root)) {
      kept.addAll(earlier);
      kept.removeIf(state -> state.roots().equals(roots));
      if (!roots.isEmpty()) {
        current.ifPresent(content -> kept.add(new Earlier(roots, content)));
      }
    }
    return withEarlier(kept.subList(Math.max(kept.size() - EARLIER_LIMIT, 0), kept.size()));
  }

  /** What we had written when the roots of now were in the file, and no others. */
  Optional<byte[]> contentOfRoots() {
    return earlier.stream()
        .filter(state -> state.roots().equals(roots))
        .findFirst()
        .map(Earlier::content);
  }

  /** After that content came back: what was written since is forgotten. */
  JournalEntry backAtRoots() {
    return withEarlier(earlier.stream().takeWhile(state -> !state.roots().equals(roots)).toList());
  }

  private JournalEntry withEarlier(List<Earlier> states) {
    return new JournalEntry(file, original, written, roots, createdFolders, states);
  }

  byte[] toBytes() {
    StringBuilder head = new StringBuilder(HEADER).append('\n');
    line(head, "file", file.toString());
    line(head, "original", hash(original));
    written.forEach(hash -> line(head, "written", hash));
    roots.forEach(root -> line(head, "root", root.hex()));
    createdFolders.forEach(folder -> line(head, "created", folder.toString()));
    for (Earlier state : earlier) {
      List<String> facts = new ArrayList<>();
      facts.add(Sha256.hex(state.content()));
      facts.add(Integer.toString(state.content().length));
      state.roots().forEach(root -> facts.add(root.hex()));
      line(head, "earlier", String.join(" ", facts));
    }
    head.append('\n');
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(original.orElse(new byte[0]));
    earlier.forEach(state -> out.writeBytes(state.content()));
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
      List<Earlier> earlier = new ArrayList<>();
      int originalEnd = readEarlier(values(lines, "earlier"), rest, earlier);
      List<String> originals = values(lines, "original");
      Optional<byte[]> original =
          originals.equals(List.of(ABSENT))
              ? Optional.empty()
              : Optional.of(Arrays.copyOf(rest, originalEnd));
      if (!originals.equals(List.of(hash(original)))) {
        return Optional.empty();
      }
      Set<Fingerprint> roots = new LinkedHashSet<>();
      values(lines, "root").forEach(hex -> roots.add(new Fingerprint(hex)));
      List<Path> created = new ArrayList<>();
      values(lines, "created").forEach(name -> created.add(file.getFileSystem().getPath(name)));
      return Optional.of(
          new JournalEntry(
              file,
              original,
              new LinkedHashSet<>(values(lines, "written")),
              roots,
              created,
              earlier));
    } catch (CharacterCodingException | RuntimeException e) {
      // Torn in a place where another fact was expected.
      return Optional.empty();
    }
  }

  /** Why an entry cannot be used, one that {@link #parse} does not read. */
  static String whyNot(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    String first = text.lines().findFirst().orElse("");
    if (bytes.length == 0) {
      return "it is empty";
    }
    if (first.startsWith(NAME) && !first.equals(HEADER)) {
      boolean older = first.compareTo(HEADER) < 0;
      return "it is of " + (older ? "an older" : "a newer") + " version of devca";
    }
    return first.equals(HEADER) ? "it is damaged, or of another file" : "it is none of devca's";
  }

  /** Reads the contents that stand behind the original, and answers where that ends. */
  private static int readEarlier(List<String> lines, byte[] rest, List<Earlier> earlier) {
    int end = rest.length;
    for (int i = lines.size() - 1; i >= 0; i--) {
      List<String> facts = List.of(lines.get(i).split(" "));
      int start = end - Integer.parseInt(facts.get(1));
      byte[] content = Arrays.copyOfRange(rest, start, end);
      if (!Sha256.hex(content).equals(facts.get(0))) {
        throw new IllegalArgumentException("a content is torn");
      }
      Set<Fingerprint> roots = new LinkedHashSet<>();
      facts.subList(2, facts.size()).forEach(hex -> roots.add(new Fingerprint(hex)));
      earlier.add(0, new Earlier(roots, content));
      end = start;
    }
    return end;
  }

  /** The file that an entry is about; empty if it is torn or foreign. */
  static Optional<Path> fileOf(byte[] bytes, FileSystem files) {
    // Where the head has no end the name may be there all the same, to be told to a person.
    int end = endOfHead(bytes) < 0 ? bytes.length : endOfHead(bytes);
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
