package dev.devca.truststore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder that should hold a JDK or JRE.
 *
 * @param name its real path, or what was given instead of one
 * @param keystore the keystore by which its programs trust, with all links followed; one that leads
 *     nowhere is itself; empty if there is none
 */
record JavaHome(String name, Optional<Path> keystore) {
  // Up to Java 8 a JDK has its run-time in a folder of its own.
  private static final List<String> FOLDERS = List.of("jre/lib/security", "lib/security");
  private static final List<String> PROGRAMS = List.of("bin/java", "bin/java.exe");

  static JavaHome at(Path folder) {
    return new JavaHome(
        real(folder).toString(),
        FOLDERS.stream()
            .map(folder::resolve)
            .flatMap(security -> keystoreIn(security).stream())
            .findFirst());
  }

  /** Whether a folder holds a JDK or JRE, perhaps one that lacks its keystore. */
  static boolean isAt(Path folder) {
    return PROGRAMS.stream().map(folder::resolve).anyMatch(Files::exists)
        || at(folder).keystore().isPresent();
  }

  /** The file that the JDK takes: see the reference guide of JSSE, "trusted certificates". */
  private static Optional<Path> keystoreIn(Path security) {
    Path hiding = security.resolve("jssecacerts");
    if (Files.isRegularFile(hiding)) {
      return Optional.of(real(hiding));
    }
    Path usual = security.resolve("cacerts");
    return Files.exists(usual, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(real(usual))
        : Optional.empty();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }
}
