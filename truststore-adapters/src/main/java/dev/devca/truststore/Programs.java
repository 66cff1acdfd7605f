package dev.devca.truststore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs without a shell. */
final class Programs {
  private static final List<String> SYSTEM =
      List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin");

  private Programs() {}

  static Optional<Path> find(Host host, String name) {
    return all(host, name).findFirst();
  }

  /** All of a name, in the order in which they are looked up. */
  static Stream<Path> all(Host host, String name) {
    boolean windows = host.os() == OperatingSystem.WINDOWS;
    List<String> folders = new ArrayList<>();
    host.variable("PATH")
        .ifPresent(path -> folders.addAll(List.of(path.split(windows ? ";" : ":", -1))));
    if (windows) {
      return find(host, folders.stream(), name + ".exe");
    }
    folders.addAll(SYSTEM);
    // Root runs nothing that a user could have put in the way.
    return find(host, folders.stream().filter(f -> !host.isRoot() || isRoots(host, f)), name);
  }

  static Optional<Path> findInSystem(Host host, String name) {
    return host.os() == OperatingSystem.WINDOWS
        ? Optional.empty()
        : find(host, SYSTEM.stream(), name).findFirst();
  }

  private static boolean isRoots(Host host, String folder) {
    return host.absolutePath(folder).filter(RootOwned::isFolderOfPrograms).isPresent();
  }

  private static Stream<Path> find(Host host, Stream<String> folders, String name) {
    return folders
        .flatMap(folder -> host.absolutePath(folder).stream())
        .map(folder -> folder.resolve(name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }
}
