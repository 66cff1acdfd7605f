package dev.devca.truststore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user id of this process, for which the JDK has no method. */
final class ProcessUser {
  private ProcessUser() {}

  static long id(OperatingSystem os) {
    return switch (os) {
      case WINDOWS -> 0;
      case LINUX -> ownerOf(Path.of("/proc/self"));
      case MAC -> idOnMac();
    };
  }

  private static long ownerOf(Path path) {
    try {
      return ((Number) Files.getAttribute(path, "unix:uid")).longValue();
    } catch (IOException | UnsupportedOperationException e) {
      throw new IllegalStateException("cannot read the user id of this process from " + path, e);
    }
  }

  private static long idOnMac() {
    try {
      // macOS has no /proc; a file that this process makes belongs to its user.
      Path probe = Files.createTempFile("devca", null);
      try {
        return ownerOf(probe);
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the user id of this process", e);
    }
  }
}
