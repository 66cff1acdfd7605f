package dev.devca.truststore;

import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Folders that we make where none were, and take away again when they are empty. */
final class CreatedFolders {
  private CreatedFolders() {}

  /**
   * Makes the folders above a file that are missing.
   *
   * @return those that were made, outermost first
   */
  static List<Path> makeFor(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? List.of() : make(folder, FileMode.WORLD_READABLE);
  }

  /** Makes a folder of our own for this user alone; folders above it get the usual mode. */
  static void makeOwn(Path folder) throws IOException {
    makeOwn(folder, FileMode.OWNER_ONLY);
  }

  /** Makes a folder of our own; folders above it get the usual mode. */
  static void makeOwn(Path folder, FileMode mode) throws IOException {
    make(folder, mode);
  }

  private static List<Path> make(Path folder, FileMode mode) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path p = folder; p != null && !Files.isDirectory(p); p = p.getParent()) {
      missing.push(p);
    }
    List<Path> made = new ArrayList<>();
    for (Path p : missing) {
      try {
        Files.createDirectory(p);
        (p.equals(folder) ? mode : FileMode.WORLD_READABLE).applyTo(p);
        made.add(p);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(p)) {
          throw e;
        }
      }
    }
    return made;
  }

  /** Removes folders that are empty, innermost first; others stay. */
  static void removeEmpty(List<Path> folders) throws IOException {
    for (int i = folders.size() - 1; i >= 0; i--) {
      try {
        Files.deleteIfExists(folders.get(i));
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }
}
