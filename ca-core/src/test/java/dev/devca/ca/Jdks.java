package dev.devca.ca;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The JDKs of this machine on which devca is tested, whichever runs the tests. */
final class Jdks {
  static final List<Integer> VERSIONS = List.of(17, 25);
  private static final Path FOLDER = Path.of("/usr/lib/jvm");

  private Jdks() {}

  /** A JDK's home; a test without it is aborted, on CI for lack of 17 fails. */
  static Path home(int version) throws IOException {
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(FOLDER)) {
      for (Path home : homes) {
        Path release = home.resolve("release");
        if (Files.exists(release)
            && Files.readString(release).contains("JAVA_VERSION=\"" + version + ".")) {
          return home;
        }
      }
    }
    String missing = "JDK " + version + " is missing below " + FOLDER;
    // .ci/run installs 17, and does without 25 where there is none.
    throw version == VERSIONS.get(0)
        ? Tool.missing(missing)
        : new org.opentest4j.TestAbortedException(missing);
  }
}
