package dev.devca.truststore;

import static dev.devca.ca.files.SharedFile.read;
import static dev.devca.ca.files.SharedFile.same;

import dev.devca.ca.CaException;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.CreatedFolders;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import dev.devca.ca.files.SharedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Changes files that others own too, and remembers what was there: the last root to go puts the
 * bytes back if the file is still as we wrote it, and otherwise takes out what is ours and nothing
 * else. An entry is written before its file is changed, so a crash between the two loses nothing.
 */
final class Journal {
  private static final int ATTEMPTS = 5;

  private final JournalFiles entries;

  private Journal(JournalFiles entries) {
    this.entries = entries;
  }

  /** The journal that goes with the rights of this process. */
  static Journal of(Host host) throws IOException {
    return new Journal(
        new JournalFiles(
            host.stateDirectory()
                .orElseThrow(() -> new IOException("no home is known: HOME is not set"))
                .resolve("journal"),
            host::notice,
            host.gate()));
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

  /**
   * A change to one file, as part of changes that belong together.
   *
   * @param file the file
   * @param folders who may read folders that are made for it
   * @param root the root that it is for
   * @param edit the change
   * @param remedy what a person does where the file cannot be changed, one line
   */
  record Change(Path file, FileMode folders, Fingerprint root, Edit edit, String remedy) {}

  /** A change that was made, and all that it takes to take it back. */
  private record Done(
      Path file,
      Optional<JournalEntry> known,
      Optional<byte[]> before,
      Optional<byte[]> after,
      List<Path> folders) {}

  /**
   * Changes a file for a root.
   *
   * @return whether the file changed
   * @throws IOException if it cannot be changed; file, folders and journal are as they were
   */
  boolean edit(Path file, Fingerprint root, Edit edit) throws IOException {
    return change(new Change(file, FileMode.WORLD_READABLE, root, edit, "")).isPresent();
  }

  /**
   * Makes all of the changes or none.
   *
   * @return whether any file changed
   * @throws CaException if a file cannot be changed; those before it are as they were
   */
  boolean editAll(List<Change> changes) throws CaException {
    Deque<Done> done = new ArrayDeque<>();
    for (Change change : changes) {
      try {
        change(change).ifPresent(done::push);
      } catch (IOException e) {
        done.forEach(d -> takeBack(d, e));
        throw new CaException(
            "cannot change " + change.file() + ": " + Reasons.of(e), change.remedy(), e);
      }
    }
    return !done.isEmpty();
  }

  /** What was done, or empty if there was nothing to do. */
  private Optional<Done> change(Change change) throws IOException {
    Path file = change.file();
    Optional<JournalEntry> known = entries.of(file);
    List<Path> made = new ArrayList<>();
    Done done = new Done(file, known, Optional.empty(), Optional.empty(), made);
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Optional<byte[]> before = read(file);
        Optional<byte[]> after;
        try {
          after = change.edit().apply(before);
        } catch (IOException e) {
          // Perhaps half of what another program is just writing.
          if (SharedFile.changesSoon(file, before)) {
            continue;
          }
          throw e;
        }
        done = new Done(file, known, before, after, made);
        if (same(before, after)) {
          if (attempt > 0) {
            takeBack(done);
          }
          return Optional.empty();
        }
        JournalEntry entry = entryFor(known, file, before, change.root());
        Path real = AtomicFile.behindLinks(file);
        made.addAll(CreatedFolders.missingFor(real));
        // Before they are made: whoever is killed here leaves no folder that nobody knows.
        entries.save(entry.withCreatedFolders(made).withNext(after));
        CreatedFolders.makeFor(real, change.folders());
        JournalEntry written = entry.withCreatedFolders(made).withOnly(after);
        // Somebody may have written since we read: then begin again, from what they wrote.
        if (replace(file, before, after, () -> entries.save(written))) {
          return Optional.of(done);
        }
      }
      throw new IOException("another program keeps changing it");
    } catch (IOException e) {
      takeBack(done, e);
      throw e;
    }
  }

  private void takeBack(Done done, IOException cause) {
    try {
      takeBack(done);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void takeBack(Done done) throws IOException {
    if (!same(done.before(), done.after()) && same(read(done.file()), done.after())) {
      Optional<byte[]> ours = done.after();
      replace(done.file(), ours, done.before(), () -> {});
    }
    if (done.known().isPresent()) {
      entries.save(done.known().get());
      CreatedFolders.removeEmpty(done.folders());
    } else {
      forget(done.file(), done.folders());
    }
  }

  /**
   * Lets a program, such as the system's, change a file for a root, so that {@link #restore} can
   * undo it.
   */
  void record(Path file, Fingerprint root, SharedFile.Step step) throws IOException {
    Optional<byte[]> before = read(file);
    Optional<JournalEntry> known = entries.of(file);
    JournalEntry entry = entryFor(known, file, before, root);
    entries.save(entry);
    try {
      step.run();
    } finally {
      // Also after a step that failed half-way: what it did must be undone as well.
      Optional<byte[]> after = read(file);
      if (!same(before, after)) {
        entries.save(entry.withOnly(after));
      } else if (known.isPresent()) {
        entries.save(known.get());
      } else {
        forget(file);
      }
    }
  }

  /**
   * Takes a root out of a file: where nobody else has written, the bytes from before, if it was the
   * last of ours or the last that came; else by the edit.
   *
   * @return whether the file changed
   */
  boolean restore(Path file, Fingerprint root, Edit removal) throws IOException {
    // Also where there is nothing to change any more, for nobody may come here again.
    SharedFile.sweepBeside(file);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<byte[]> before = read(file);
      Optional<JournalEntry> entry = entries.of(file);
      if (entry.isPresent()) {
        // What was there may hold the root too, if others wrote between two of our changes.
        Optional<byte[]> original = removal.apply(entry.get().original());
        entry = entry.map(e -> e.withoutRoot(root).withOriginal(original));
      }
      boolean untouched = entry.isPresent() && entry.get().isAsWritten(before);
      boolean last = entry.isEmpty() || entry.get().roots().isEmpty();
      Optional<byte[]> known =
          untouched && !last
              ? removal.apply(entry.get().contentOfRoots())
              : untouched ? entry.get().original() : Optional.empty();
      boolean goesBack = known.isPresent() || (untouched && last);
      Optional<byte[]> after = goesBack ? known : removal.apply(before);
      if (!last) {
        entries.save(untouched ? entry.get().withNext(after) : entry.get());
      }
      Optional<JournalEntry> left = entry;
      SharedFile.Step noted =
          () -> {
            if (last) {
              forget(file, left.map(JournalEntry::createdFolders).orElse(List.of()));
            } else if (untouched) {
              JournalEntry next = goesBack ? left.get().backAtRoots() : left.get();
              entries.save(next.withOnly(after));
            }
          };
      boolean changed = !same(before, after);
      if (changed ? replace(file, before, after, noted) : isStill(file, before, noted)) {
        return changed;
      }
    }
    throw new IOException("another program keeps changing it");
  }

  /** Puts back what was there before the first change, whatever is there now. */
  void putBack(JournalEntry entry) throws IOException {
    entries.save(entry.withNext(entry.original()));
    AtomicFile.replaceKeeping(
        entry.file(), entry.original().orElseThrow(), FileMode.WORLD_READABLE);
  }

  /** What is known of a file. */
  Optional<JournalEntry> entry(Path file) throws IOException {
    return entries.of(file);
  }

  /** The files that were changed for a root. */
  List<Path> files(Fingerprint root) throws IOException {
    return entries.all().stream()
        .filter(entry -> entry.roots().contains(root))
        .map(JournalEntry::file)
        .toList();
  }

  /** Drops what is known of a file, and the folders made for it. */
  private void forget(Path file, List<Path> folders) throws IOException {
    Path real = AtomicFile.behindLinks(file);
    if (!Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
      // What could not be deleted beside it would keep a folder that nobody knows from then on.
      // While the file is there, its second name is: what others still write into it.
      folders.stream()
          .filter(folder -> folder.equals(real.getParent()))
          .forEach(CreatedFolders::sweepLocked);
    }
    // Those folders may lie in one that was made for the journal, or the other way round.
    CreatedFolders.removeEmpty(folders);
    handOver(file, folders);
    forget(file);
    CreatedFolders.removeEmpty(folders);
  }

  /** Folders in which another file of ours still lies go with that one. */
  private void handOver(Path file, List<Path> folders) throws IOException {
    List<Path> left = folders.stream().filter(Files::isDirectory).toList();
    if (left.isEmpty()) {
      return;
    }
    for (JournalEntry other : entries.all()) {
      Path there = AtomicFile.behindLinks(other.file());
      List<Path> around = left.stream().filter(there::startsWith).toList();
      if (!other.file().equals(file) && !around.isEmpty()) {
        entries.save(other.withCreatedFolders(around));
      }
    }
  }

  /** Drops what is known of a file. */
  void forget(Path file) throws IOException {
    entries.delete(file);
  }

  /** What is known of a file if nobody else has written, else a beginning from what is there. */
  private static JournalEntry entryFor(
      Optional<JournalEntry> known, Path file, Optional<byte[]> current, Fingerprint root) {
    if (known.isEmpty()) {
      return JournalEntry.begin(file, current).withRoot(root);
    }
    JournalEntry entry = known.get();
    return (entry.isAsWritten(current) ? entry.before(root, current) : entry.beginAgain(current))
        .withRoot(root);
  }

  private static boolean replace(
      Path file, Optional<byte[]> before, Optional<byte[]> after, SharedFile.Step noted)
      throws IOException {
    return SharedFile.replace(file, before, after, FileMode.WORLD_READABLE, noted);
  }

  private static boolean isStill(Path file, Optional<byte[]> before, SharedFile.Step noted)
      throws IOException {
    if (!same(before, read(file))) {
      return false;
    }
    noted.run();
    return true;
  }
}
