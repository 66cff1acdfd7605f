package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file whose first line is a password. */
final class SecretFile {
  private SecretFile() {}

  /**
   * Reads the line.
   *
   * @param what what it is, such as {@code password}
   */
  static String read(String what, String file) throws CaException {
    try {
      byte[] bytes = BoundedFiles.read(Path.of(file), BoundedFiles.PEM_LIMIT);
      return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    } catch (IOException | InvalidPathException e) {
      throw new CaException(
          "cannot read the " + what + " file " + file + ": " + Reasons.of(e),
          "name a file with the " + what + " as its first line",
          e);
    }
  }
}
