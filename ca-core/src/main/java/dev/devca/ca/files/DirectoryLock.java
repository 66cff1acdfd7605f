package dev.devca.ca.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a folder, held by the operating system: it ends with its process. Processes, threads
 * and class loaders exclude each other.
 */
public final class DirectoryLock implements AutoCloseable {
  private static final String FILE = ".lock";
  private static final long PAUSE_MILLIS = 5;

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private DirectoryLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Waits for the lock.
   *
   * @param directory an existing folder that this process may write to
   * @param limit how long to wait
   * @return the lock, to be closed
   * @throws IOException if the folder cannot be locked, or another process held it all the time
   */
  public static DirectoryLock acquire(Path directory, Duration limit) throws IOException {
    Path file = directory.resolve(FILE);
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (true) {
        DirectoryLock lock = tryAcquire(directory, file);
        if (lock != null) {
          return lock;
        }
        if (System.nanoTime() > end) {
          throw new IOException(
              "another process has held " + file + " for " + limit.toSeconds() + " s");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + file, e);
    }
  }

  private static @Nullable DirectoryLock tryAcquire(Path directory, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            FileMode.OWNER_ONLY.atCreation(directory));
    try {
      FileLock lock = tryLock(channel);
      if (lock != null && isStillThere(file, channel)) {
        return new DirectoryLock(file, channel, lock);
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return null;
  }

  /** Its last holder may have deleted the file: then this lock would exclude nobody. */
  private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
    byte[] mark = new byte[16];
    ThreadLocalRandom.current().nextBytes(mark);
    channel.truncate(0).write(ByteBuffer.wrap(mark), 0);
    return BoundedFiles.readIfPresent(file, mark.length)
        .filter(bytes -> Arrays.equals(bytes, mark))
        .isPresent();
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      // Past the mark: Windows keeps others from reading what is locked.
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException e) {
      // Another thread or class loader of this JVM has it: the JDK throws where others wait.
      return null;
    }
  }

  /**
   * Deletes the lock's file, for a folder that is to go. The lock holds until it is closed.
   *
   * @throws IOException if it cannot be deleted
   */
  public void deleteFile() throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    }
  }
}
