package dev.devca.ca.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The temporary files of {@link AtomicFile}: their names, and the end of those whose process was
 * killed before it could take them away. No name is used twice, and each holds the second in which
 * it was made, so what is swept by its age is never another's that has just begun: the time of the
 * file itself is that of its content, which may be an old one that was set aside.
 */
final class LeftOvers {
  // Short, so that a long target name still fits in the 255 bytes of most file systems.
  private static final String PREFIX = ".devca-";
  private static final String SUFFIX = ".tmp";
  // Hexadecimal: the seconds since 1970, 8 digits, which last until 2106, and 8 random ones.
  private static final int TIME_END = PREFIX.length() + 8;
  private static final int NAME_LENGTH = TIME_END + 8 + SUFFIX.length();

  // A write takes milliseconds. A process that was asleep for longer finds its file gone, says that
  // it could not write, and has lost nothing.
  private static final Duration OLD = Duration.ofMinutes(10);

  private LeftOvers() {}

  static Path newName(Path folder) {
    HexFormat hex = HexFormat.of();
    String time = hex.toHexDigits(Instant.now().getEpochSecond(), 8);
    String random = hex.toHexDigits(ThreadLocalRandom.current().nextInt());
    return folder.resolve(PREFIX + time + random + SUFFIX);
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

  private static boolean isFrom(Path file, Instant end) {
    String name = file.getFileName().toString();
    return name.length() == NAME_LENGTH
        && name.startsWith(PREFIX)
        && name.endsWith(SUFFIX)
        && isBefore(name.substring(PREFIX.length(), TIME_END), end)
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isBefore(String time, Instant end) {
    try {
      return HexFormat.fromHexDigitsToLong(time) < end.getEpochSecond();
    } catch (NumberFormatException e) {
      // Whoever else gives such names keeps such files.
      return false;
    }
  }
}
