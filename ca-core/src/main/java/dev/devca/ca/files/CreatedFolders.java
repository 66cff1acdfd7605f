package dev.devca.ca.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Folders that we make where none were, and take away again when they are empty. */
public final class CreatedFolders {
  // In a folder of our own: the folders that were made with it, each ended by the one character
  // that no path can have.
  private static final String LIST = ".made";
  private static final String END = "\0";

  private CreatedFolders() {}

  /**
   * Makes the folders above a file that are missing, for everyone to read.
   *
   * @param file a file that is to be
   * @return those that were made, outermost first
   * @throws IOException if one cannot be made; then none is left behind
   */
  public static List<Path> makeFor(Path file) throws IOException {
    return makeFor(file, FileMode.WORLD_READABLE);
  }

  /**
   * Makes the folders above a file that are missing.
   *
   * @param file a file that is to be
   * @param mode who may read the new folders
   * @return those that were made, outermost first
   * @throws IOException if one cannot be made; then none is left behind
   */
  public static List<Path> makeFor(Path file, FileMode mode) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? List.of() : make(folder, mode);
  }

  /**
   * Makes a folder of our own for this user alone, as {@link #makeOwn(Path, FileMode)} does.
   *
   * @param folder the folder to be; one that is there is left as it is
   * @throws IOException if one cannot be made; then none is left behind
   */
  public static void makeOwn(Path folder) throws IOException {
    makeOwn(folder, FileMode.OWNER_ONLY);
  }

  /**
   * Makes a folder of our own, and in the same mode those above it that are missing: the XDG base
   * directories want 0700 too. A list of them is kept in it.
   *
   * @param folder the folder to be; one that is there is left as it is
   * @param mode who may read the new folders
   * @throws IOException if one cannot be made; then none is left behind
   */
  public static void makeOwn(Path folder, FileMode mode) throws IOException {
    List<Path> made = make(folder.toAbsolutePath(), mode);
    if (made.isEmpty()) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    made.forEach(path -> lines.append(path).append(END));
    Path list = folder.resolve(LIST);
    try {
      // Two processes that begin at once may each have made a part: both parts are kept.
      Files.writeString(list, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      // Whatever the umask: who changes the list would have folders of ours stay.
      FileMode.OWNER_ONLY.applyTo(list);
    } catch (IOException e) {
      Files.deleteIfExists(list);
      removeEmpty(made);
      throw e;
    }
  }

  /**
   * Takes away a folder that {@code makeOwn} made, with those above it that it made and that are
   * empty now; but only if nothing else is in it.
   *
   * @param folder the folder, perhaps not there
   * @throws IOException if it cannot be read
   */
  public static void removeOwn(Path folder) throws IOException {
    Path list = folder.resolve(LIST);
    if (Files.exists(list) && count(folder) == 0) {
      removeEmpty(forget(folder));
    }
  }

  /**
   * How much there is in a folder of our own, but for what {@code makeOwn} put there.
   *
   * @param folder the folder
   * @return the number of files and folders in it
   * @throws IOException if it cannot be read
   */
  public static long count(Path folder) throws IOException {
    Path list = folder.resolve(LIST);
    try (Stream<Path> content = Files.list(folder)) {
      return content.filter(path -> !path.equals(list)).count();
    }
  }

  /**
   * Deletes the list of folders that {@code makeOwn} keeps in a folder.
   *
   * @param folder the folder
   * @return the folders that were made, outermost first; empty if there is no list
   * @throws IOException if the list cannot be read or deleted
   */
  public static List<Path> forget(Path folder) throws IOException {
    Path list = folder.resolve(LIST);
    Optional<byte[]> bytes = BoundedFiles.readIfPresent(list, BoundedFiles.PEM_LIMIT);
    if (bytes.isEmpty()) {
      return List.of();
    }
    Path own = folder.toAbsolutePath();
    List<Path> made = new ArrayList<>();
    for (String line : new String(bytes.get(), StandardCharsets.UTF_8).split(END, -1)) {
      // A folder that was moved since takes nothing away where it used to be.
      path(own, line).filter(own::startsWith).ifPresent(made::add);
    }
    Files.delete(list);
    made.sort(Comparator.comparingInt(Path::getNameCount));
    return made;
  }

  private static Optional<Path> path(Path own, String line) {
    try {
      return Optional.of(own.getFileSystem().getPath(line));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static List<Path> make(Path folder, FileMode mode) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path p = folder; p != null && !Files.isDirectory(p); p = p.getParent()) {
      missing.push(p);
    }
    List<Path> made = new ArrayList<>();
    try {
      for (Path p : missing) {
        try {
          mode.createDirectory(p);
          made.add(p);
        } catch (FileAlreadyExistsException e) {
          if (!Files.isDirectory(p)) {
            throw e;
          }
        }
      }
      return made;
    } catch (IOException e) {
      removeEmpty(made);
      throw e;
    }
  }

  /**
   * Takes away folders that are empty; one that is not, or cannot be taken away, stays with those
   * above it.
   *
   * @param folders outermost first
   */
  public static void removeEmpty(List<Path> folders) {
    for (int i = folders.size() - 1; i >= 0; i--) {
      Path folder = folders.get(i);
      // Where a folder was, somebody may have put a file or a link of their own since.
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !removed(folder)) {
        return;
      }
    }
  }

  private static boolean removed(Path folder) {
    try {
      Files.delete(folder);
      return true;
    } catch (IOException e) {
      // It holds something, or the folder above is closed to us: an empty folder hurts nobody.
      return false;
    }
  }
}
