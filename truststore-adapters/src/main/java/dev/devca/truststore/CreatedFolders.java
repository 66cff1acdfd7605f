package dev.devca.truststore;

import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Folders that we make where none were, and take away again when they are empty. */
final class CreatedFolders {
  // In a folder of our own: the folders that were made with it, a line each.
  private static final String LIST = ".made";

  private CreatedFolders() {}

  /**
   * Makes the folders above a file that are missing, for everyone to read.
   *
   * @return those that were made, outermost first
   */
  static List<Path> makeFor(Path file) throws IOException {
    return makeFor(file, FileMode.WORLD_READABLE);
  }

  /**
   * Makes the folders above a file that are missing.
   *
   * @return those that were made, outermost first
   */
  static List<Path> makeFor(Path file, FileMode mode) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? List.of() : make(folder, mode);
  }

  /** Makes a folder of our own for this user alone. */
  static void makeOwn(Path folder) throws IOException {
    makeOwn(folder, FileMode.OWNER_ONLY);
  }

  /**
   * Makes a folder of our own, and in the same mode the folders above it: the XDG base directories
   * want 0700 too.
   */
  static void makeOwn(Path folder, FileMode mode) throws IOException {
    List<Path> made = make(folder, mode);
    if (!made.isEmpty()) {
      Files.write(
          folder.resolve(LIST), made.stream().map(p -> OneLine.escape(p.toString())).toList());
    }
  }

  /** Takes away a folder that {@code makeOwn} made, if nothing else is in it. */
  static void removeOwn(Path folder) throws IOException {
    Path list = folder.resolve(LIST);
    if (!Files.exists(list) || count(folder) > 0) {
      return;
    }
    List<Path> made =
        Files.readAllLines(list, StandardCharsets.UTF_8).stream()
            .map(line -> folder.getFileSystem().getPath(OneLine.unescape(line)))
            .toList();
    Files.delete(list);
    removeEmpty(made);
  }

  /** How much there is in a folder of our own. */
  static long count(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.filter(path -> !path.equals(folder.resolve(LIST))).count();
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
          Files.createDirectory(p);
          made.add(p);
          mode.applyTo(p);
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

  /** Removes folders that are empty, innermost first; others stay. */
  static void removeEmpty(List<Path> folders) {
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
