package dev.devca.cli.system;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The application folder that was built. */
final class AppFolder {
  static final Path PATH = Path.of(System.getProperty("devca.app"));

  private AppFolder() {}

  /** Its one jar, which has its hash in its name. */
  static Path jar() throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(PATH.resolve("lib"), "devca-*.jar")) {
      return jars.iterator().next();
    }
  }
}
