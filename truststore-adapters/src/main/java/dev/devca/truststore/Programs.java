package dev.devca.truststore;

import java.nio.file.Files;
import java.nio.file.Path;
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
    String separator = host.os() == OperatingSystem.WINDOWS ? ";" : ":";
    Stream<String> folders =
        host.variable("PATH").stream().flatMap(path -> Stream.of(path.split(separator, -1)));
    if (host.os() == OperatingSystem.WINDOWS) {
      return find(host, folders, name + ".exe");
    }
    Stream<String> known = Stream.concat(folders, SYSTEM.stream());
    // Root runs nothing that a user could have put in the way.
    return find(host, host.isRoot() ? known.filter(folder -> isRoots(host, folder)) : known, name);
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
