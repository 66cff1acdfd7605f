package dev.devca.ca.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Files that belong together, such as a certificate and its key: all new contents are put in place,
 * or all old ones stay.
 *
 * <p>No file system renames two files at once. A process killed half-way leaves the first file of
 * the list, old or new, and some of the others missing: never an old file beside a new one that
 * does not fit it. (Where the file system has no hard links, the first may be missing too.)
 */
public final class FileGroup {

  /** Where the old content of a file is for the moment. */
  private record Aside(Path file, Optional<Path> old) {}

  private FileGroup() {}

  /**
   * Puts contents in place.
   *
   * @param files in this order; of a certificate and its key, the certificate first, since that can
   *     be told for one's own without the other
   * @throws PublishException if one cannot be put in place; the files are as they were
   */
  public static void publish(List<AtomicFile> files) throws PublishException {
    Deque<Aside> done = new ArrayDeque<>();
    try {
      if (files.size() > 1) {
        for (int i = files.size() - 1; i > 0; i--) {
          step(files.get(i), file -> done.push(setAside(file.target())));
        }
        step(files.get(0), file -> done.push(secondName(file.target())));
      }
      for (AtomicFile file : files) {
        step(file, AtomicFile::publish);
      }
    } catch (PublishException e) {
      done.forEach(aside -> putBack(aside, e));
      throw e;
    }
    done.forEach(FileGroup::drop);
  }

  @FunctionalInterface
  private interface Step {
    void apply(AtomicFile file) throws IOException;
  }

  private static void step(AtomicFile file, Step step) throws PublishException {
    try {
      step.apply(file);
    } catch (IOException e) {
      throw new PublishException(file.target(), e);
    }
  }

  private static Aside setAside(Path file) throws IOException {
    Optional<BasicFileAttributes> found = find(file);
    if (found.isEmpty()) {
      // Not by a rename that fails: with thousands in a folder each rename waits for all others.
      return new Aside(file, Optional.empty());
    }
    if (found.get().isDirectory()) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path aside = nameBeside(file);
    try {
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
      return new Aside(file, Optional.of(aside));
    } catch (NoSuchFileException e) {
      return new Aside(file, Optional.empty());
    }
  }

  /** The first stays where it is until it is replaced, and shows whose the others are to be. */
  private static Aside secondName(Path file) throws IOException {
    if (find(file).isEmpty()) {
      return new Aside(file, Optional.empty());
    }
    try {
      return new Aside(file, Optional.of(Files.createLink(nameBeside(file), file)));
    } catch (IOException | UnsupportedOperationException e) {
      // The file system has no such thing, or forbids it for a file of others.
      return setAside(file);
    }
  }

  private static Optional<BasicFileAttributes> find(Path file) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Path nameBeside(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return LeftOvers.newName(folder == null ? file.toAbsolutePath() : folder);
  }

  private static void putBack(Aside aside, PublishException cause) {
    try {
      if (aside.old().isPresent()) {
        Files.move(aside.old().get(), aside.file(), StandardCopyOption.ATOMIC_MOVE);
        // To rename one name of a file to another of its names does nothing, rename(2).
        Files.deleteIfExists(aside.old().get());
      } else {
        Files.deleteIfExists(aside.file());
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static void drop(Aside aside) {
    try {
      if (aside.old().isPresent()) {
        Files.deleteIfExists(aside.old().get());
      }
    } catch (IOException e) {
      // It is swept by its age, like all that a killed process leaves.
    }
  }

  /** One of the files could not be put in place. */
  public static final class PublishException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Path file;
    private final IOException reason;

    PublishException(Path file, IOException cause) {
      super("cannot put " + file + " in place: " + Reasons.of(cause), cause);
      this.file = file;
      this.reason = cause;
    }

    /**
     * Which.
     *
     * @return the path that was given
     */
    public Path file() {
      return file;
    }

    /**
     * Why.
     *
     * @return what was thrown
     */
    public IOException reason() {
      return reason;
    }
  }
}
