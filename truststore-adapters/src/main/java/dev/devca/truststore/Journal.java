package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Changes files that others own too, and remembers what was there: the last root to go puts the
 * bytes back if the file is still as we wrote it, and otherwise takes out what is ours and nothing
 * else. An entry is written before its file is changed, so a crash between the two loses nothing.
 */
final class Journal {
  private static final int ATTEMPTS = 5;

  private final Path directory;

  Journal(Path directory) {
    this.directory = directory;
  }

  /** The journal that goes with the rights of this process. */
  static Journal of(Host host) throws IOException {
    return new Journal(
        host.stateDirectory()
            .orElseThrow(() -> new IOException("no home is known: HOME is not set"))
            .resolve("journal"));
  }

  /** What becomes of a file. */
  @FunctionalInterface
  interface Edit {
    /**
     * The new content.
     *
     * @param current the content, or empty if there is no file
     * @return the content wanted, empty for no file; equal to the current for no change
     */
    Optional<byte[]> apply(Optional<byte[]> current) throws IOException;
  }

  /** A step that changes a file by other means than ours, such as a program. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /**
   * Changes a file for a root.
   *
   * @return whether the file changed
   */
  boolean edit(Path file, Fingerprint root, Edit edit) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<byte[]> before = read(file);
      Optional<byte[]> after = edit.apply(before);
      if (same(before, after)) {
        return false;
      }
      JournalEntry entry = entryFor(file, before).withRoot(root);
      List<Path> made = CreatedFolders.makeFor(file);
      save(entry.withCreatedFolders(made).withNext(after));
      // Somebody may have written since we read: then begin again, from what they wrote.
      if (same(before, read(file))) {
        write(file, after);
        save(entry.withCreatedFolders(made).withOnly(after));
        return true;
      }
    }
    throw new IOException("another program keeps changing it");
  }

  /** Lets a program change a file for a root, so that {@link #restore} can undo it. */
  void record(Path file, Fingerprint root, Step step) throws IOException {
    Optional<byte[]> before = read(file);
    Optional<JournalEntry> known = entry(file);
    JournalEntry entry = entryFor(file, before).withRoot(root);
    save(entry);
    step.run();
    Optional<byte[]> after = read(file);
    if (!same(before, after)) {
      save(entry.withOnly(after));
    } else if (known.isPresent()) {
      save(known.get());
    } else {
      forget(file);
    }
  }

  /**
   * Takes a root out of a file: the bytes from before if it was the last of ours and nobody else
   * has written, else by the edit.
   *
   * @return whether the file changed
   */
  boolean restore(Path file, Fingerprint root, Edit removal) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<byte[]> before = read(file);
      Optional<JournalEntry> entry = entry(file);
      if (entry.isPresent()) {
        // What was there may hold the root too, if others wrote between two of our changes.
        Optional<byte[]> original = removal.apply(entry.get().original());
        entry = entry.map(e -> e.withoutRoot(root).withOriginal(original));
      }
      boolean untouched = entry.isPresent() && entry.get().isAsWritten(before);
      boolean last = entry.isEmpty() || entry.get().roots().isEmpty();
      Optional<byte[]> after = untouched && last ? entry.get().original() : removal.apply(before);
      if (!last) {
        save(untouched ? entry.get().withNext(after) : entry.get());
      }
      if (!same(before, read(file))) {
        continue;
      }
      boolean changed = !same(before, after);
      if (changed) {
        write(file, after);
      }
      if (last) {
        CreatedFolders.removeEmpty(entry.map(JournalEntry::createdFolders).orElse(List.of()));
        forget(file);
      } else if (untouched) {
        save(entry.get().withOnly(after));
      }
      return changed;
    }
    throw new IOException("another program keeps changing it");
  }

  /** Drops what is known of a file. */
  void forget(Path file) throws IOException {
    Files.deleteIfExists(entryFile(file));
    CreatedFolders.removeEmpty(List.of(directory));
  }

  /** What is known of a file if nobody else has written, else a beginning from what is there. */
  private JournalEntry entryFor(Path file, Optional<byte[]> current) throws IOException {
    Optional<JournalEntry> known = entry(file);
    if (known.isPresent() && known.get().isAsWritten(current)) {
      return known.get();
    }
    return JournalEntry.begin(file, current)
        .withCreatedFolders(known.map(JournalEntry::createdFolders).orElse(List.of()));
  }

  private Optional<JournalEntry> entry(Path file) throws IOException {
    // What cannot be understood is as good as nothing: then removal goes by the edit.
    return BoundedFiles.readIfPresent(entryFile(file), BoundedFiles.STORE_LIMIT + 64 * 1024)
        .flatMap(bytes -> JournalEntry.parse(file, bytes));
  }

  private void save(JournalEntry entry) throws IOException {
    CreatedFolders.makeOwn(directory);
    AtomicFile.replaceKeeping(entryFile(entry.file()), entry.toBytes(), FileMode.OWNER_ONLY);
  }

  private Path entryFile(Path file) {
    return directory.resolve(JournalEntry.hash(file.toString()).substring(0, 16) + ".journal");
  }

  private static Optional<byte[]> read(Path file) throws IOException {
    return BoundedFiles.readIfPresent(file, BoundedFiles.STORE_LIMIT);
  }

  private static void write(Path file, Optional<byte[]> content) throws IOException {
    if (content.isPresent()) {
      AtomicFile.replaceKeeping(file, content.get(), FileMode.WORLD_READABLE);
    } else {
      Files.deleteIfExists(file);
    }
  }

  private static boolean same(Optional<byte[]> a, Optional<byte[]> b) {
    return a.isPresent() == b.isPresent() && (a.isEmpty() || Arrays.equals(a.get(), b.get()));
  }
}
