package dev.devca.truststore;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Places where software keeps things, in one line each: {@code ~} at the start stands for the home,
 * {@code $NAME} for an absolute path in a variable, {@code *} in a name for anything.
 */
final class Places {
  // A folder with more in it is not one of a few programs, and takes long to list.
  private static final int LIMIT = 2000;

  private Places() {}

  /** The folders that a place stands for, in the order of their names. */
  static List<Path> folders(Host host, String place) {
    int rest = place.indexOf('/') + 1;
    List<Path> folders = start(host, place.substring(0, rest)).stream().toList();
    for (String name : place.substring(rest).split("/", -1)) {
      folders = folders.stream().flatMap(folder -> children(folder, name).stream()).toList();
    }
    return folders;
  }

  private static Optional<Path> start(Host host, String start) {
    if (start.equals("~/")) {
      return host.home();
    }
    return start.startsWith("$")
        ? host.variable(start.substring(1, start.length() - 1)).flatMap(host::absolutePath)
        : Optional.of(host.path(start));
  }

  private static List<Path> children(Path folder, String name) {
    if (!name.contains("*")) {
      // Not looked up in a list: a folder may be entered and yet not be listed.
      Path child = folder.resolve(name);
      return Files.isDirectory(child) ? List.of(child) : List.of();
    }
    List<Path> found = new ArrayList<>();
    PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + name);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      int count = 0;
      for (Path entry : entries) {
        if (++count > LIMIT) {
          return List.of();
        }
        if (matcher.matches(entry.getFileName())) {
          found.add(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A folder that is not there or not for us holds nothing that we could change.
      return List.of();
    }
    return found.stream().filter(Files::isDirectory).sorted().toList();
  }
}
