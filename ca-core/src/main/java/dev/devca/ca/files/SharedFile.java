package dev.devca.ca.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Replaces a file that other programs write too, if it is still as it was read. No system has a
 * call for just that: so the old file is kept by a second name until the new one is in place and
 * noted, and what a program that had it open has put in by then is carried over, or the old file
 * put back.
 */
public final class SharedFile {
  // A program that writes a file anew is done with it in less than this.
  private static final int PAUSE_MILLIS = 20;
  private static final int PAUSES = 5;

  private SharedFile() {}

  /** What to do when the new content is in place, before the last look at the old file. */
  @FunctionalInterface
  public interface Step {
    /**
     * Does it.
     *
     * @throws IOException if it cannot be done; the new content stays in place
     */
    void run() throws IOException;
  }

  /**
   * Reads a file.
   *
   * @param file the file; links are followed
   * @return its content, or empty if there is none
   * @throws IOException if it cannot be read or is larger than {@link BoundedFiles#STORE_LIMIT}
   */
  public static Optional<byte[]> read(Path file) throws IOException {
    return BoundedFiles.readIfPresent(file, BoundedFiles.STORE_LIMIT);
  }

  /**
   * Whether two contents are the same.
   *
   * @param a one, empty for no file
   * @param b the other
   * @return whether they are
   */
  public static boolean same(Optional<byte[]> a, Optional<byte[]> b) {
    return Arrays.equals(a.orElse(null), b.orElse(null));
  }

  /**
   * Replaces the content, keeping link, owner and mode as {@link AtomicFile#replaceKeeping} does.
   *
   * @param file the file; links are followed
   * @param before the content that was read, empty for no file
   * @param after the content wanted, empty for no file
   * @param modeIfNew who may read it if there is none yet
   * @param noted what to do when it is in place
   * @return whether it was replaced; if not, another program has written, and that stands there
   * @throws IOException if it cannot be replaced
   */
  public static boolean replace(
      Path file, Optional<byte[]> before, Optional<byte[]> after, FileMode modeIfNew, Step noted)
      throws IOException {
    Path real = AtomicFile.behindLinks(file);
    if (after.isEmpty()) {
      boolean gone = exchange(real, before, after, () -> Files.deleteIfExists(real), () -> {});
      if (gone) {
        // Only now, for it may remove the folder.
        noted.run();
      }
      return gone;
    }
    try (AtomicFile next = AtomicFile.prepareKeeping(real, after.get(), modeIfNew)) {
      Step publish = before.isPresent() ? next::publish : next::publishNew;
      return exchange(real, before, after, publish, noted);
    }
  }

  /**
   * Takes away what a process that was killed left beside a file, such as the second name of what
   * it replaced.
   *
   * @param file the file; links are followed
   * @throws IOException if its links lead nowhere
   */
  public static void sweepBeside(Path file) throws IOException {
    LeftOvers.sweep(AtomicFile.behindLinks(file).resolveSibling(""));
  }

  private static boolean exchange(
      Path real, Optional<byte[]> before, Optional<byte[]> after, Step publish, Step noted)
      throws IOException {
    Optional<Path> old = before.isPresent() ? secondName(real) : Optional.empty();
    try {
      if (!same(before, read(real))) {
        return false;
      }
      try {
        publish.run();
      } catch (FileAlreadyExistsException e) {
        return false;
      }
      boolean stands = true;
      try {
        noted.run();
      } finally {
        if (old.isPresent()) {
          stands = isSettled(old.get(), real, before.orElseThrow(), after);
        }
      }
      return stands;
    } finally {
      if (old.isPresent()) {
        Files.deleteIfExists(old.get());
      }
    }
  }

  /** Empty where the file system has no such thing, or forbids it for a file of others. */
  private static Optional<Path> secondName(Path file) {
    try {
      return Optional.of(Files.createLink(LeftOvers.newName(file.resolveSibling("")), file));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** Looks for what was written into the old file, and sees to it that it is not lost. */
  private static boolean isSettled(Path old, Path file, byte[] before, Optional<byte[]> after)
      throws IOException {
    Optional<byte[]> left = read(old);
    if (left.isEmpty() || Arrays.equals(left.get(), before)) {
      return true;
    }
    if (after.isPresent() && isAppended(left.get(), before)) {
      byte[] tail = Arrays.copyOfRange(left.get(), before.length, left.get().length);
      Files.write(file, tail, StandardOpenOption.APPEND);
      return true;
    }
    awaitEnd(old, left);
    if (same(read(file), after)) {
      Files.move(old, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return false;
    }
    Path saved = file.resolveSibling(file.getFileName() + ".saved");
    Files.move(old, saved);
    throw new IOException("two other programs changed it at once, one of them now in " + saved);
  }

  private static boolean isAppended(byte[] now, byte[] before) {
    return now.length > before.length
        && Arrays.equals(now, 0, before.length, before, 0, before.length);
  }

  private static void awaitEnd(Path file, Optional<byte[]> seen) throws IOException {
    Optional<byte[]> last = seen;
    for (int i = 0; i < PAUSES; i++) {
      if (!changesSoon(file, last)) {
        return;
      }
      last = read(file);
    }
  }

  /**
   * Whether a file that makes no sense is one that another program is writing right now: waits a
   * moment.
   *
   * @param file the file
   * @param seen what was read
   * @return whether it has another content now
   * @throws IOException if it cannot be read, or the wait was interrupted
   */
  public static boolean changesSoon(Path file, Optional<byte[]> seen) throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return !same(seen, read(file));
  }
}
