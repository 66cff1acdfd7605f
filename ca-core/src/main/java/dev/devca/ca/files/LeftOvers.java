package dev.devca.ca.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The temporary files of {@link AtomicFile}: their names, and the end of those whose process was
 * killed before it could take them away. No name is used twice, so what is swept by its age is
 * never another's that has just begun.
 */
final class LeftOvers {
  // Short, so that a long target name still fits in the 255 bytes of most file systems.
  private static final String PREFIX = ".devca-";
  private static final String SUFFIX = ".tmp";
  private static final int NAME_LENGTH = PREFIX.length() + 8 + SUFFIX.length();

  // A write takes milliseconds. A process that was asleep for longer finds its file gone, says that
  // it could not write, and has lost nothing.
  private static final Duration OLD = Duration.ofMinutes(10);

  private LeftOvers() {}

  static Path newName(Path folder) {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    return folder.resolve(PREFIX + random + SUFFIX);
  }

  /** Removes the old ones. What cannot be listed or removed stays: it is in nobody's way. */
  static void sweep(Path folder) {
    sweep(folder, Instant.now().minus(OLD));
  }

  /** Removes all of them: for a folder in which no other process may be writing. */
  static void sweepAll(Path folder) {
    sweep(folder, Instant.MAX);
  }

  private static void sweep(Path folder, Instant end) {
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, file -> isFrom(file, end))) {
      for (Path file : old) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The next write in this folder tries again.
    }
  }

  private static boolean isFrom(Path file, Instant end) throws IOException {
    String name = file.getFileName().toString();
    if (name.length() != NAME_LENGTH || !name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
      return false;
    }
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.isRegularFile() && attributes.lastModifiedTime().toInstant().isBefore(end);
  }
}
