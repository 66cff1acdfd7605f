package dev.devca.ca.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Reads whole files that may be anything, without taking more memory than was meant. */
public final class BoundedFiles {
  /** More than any PEM file of one certificate or key: 64 KiB. */
  public static final int PEM_LIMIT = 64 * 1024;

  /** More than any trust store or profile in use, the largest being under 1 MB: 16 MiB. */
  public static final int STORE_LIMIT = 16 * 1024 * 1024;

  private BoundedFiles() {}

  /**
   * Reads a regular file.
   *
   * @param file the file; links are followed
   * @param limit the most bytes it may have
   * @return its bytes
   * @throws IOException if it is not there, cannot be read, is no regular file, or is larger
   */
  public static byte[] read(Path file, int limit) throws IOException {
    try {
      // In one look: it may be gone in the next moment.
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw new IOException("it is a directory");
      }
      if (!attributes.isRegularFile()) {
        // A pipe or device would be waited on for ever.
        throw new IOException("it is not a regular file");
      }
    } catch (NoSuchFileException e) {
      // Opening says the same, or it has come by then.
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new IOException("it is larger than " + limit + " bytes");
      }
      return bytes;
    }
  }

  /**
   * Reads a regular file that may not be there.
   *
   * @param file the file; links are followed
   * @param limit the most bytes it may have
   * @return its bytes, or empty if there is none
   * @throws IOException if it cannot be read, is no regular file, or is larger
   */
  public static Optional<byte[]> readIfPresent(Path file, int limit) throws IOException {
    try {
      return Optional.of(read(file, limit));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
