package dev.devca.ca.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a folder, held by the operating system: it ends with its process. Processes, threads
 * and class loaders exclude each other.
 */
public final class DirectoryLock implements AutoCloseable {
  private static final String FILE = ".lock";
  private static final long PAUSE_MILLIS = 5;

  private final FileChannel channel;
  private final FileLock lock;

  private DirectoryLock(FileChannel channel, FileLock lock) {
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
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            FileMode.OWNER_ONLY.atCreation(directory));
    try {
      while (true) {
        FileLock lock = tryLock(channel);
        if (lock != null) {
          return new DirectoryLock(channel, lock);
        }
        if (System.nanoTime() > end) {
          throw new IOException(
              "another process has held " + file + " for " + limit.toSeconds() + " s");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      channel.close();
      throw new IOException("interrupted while waiting for " + file, e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread or class loader of this JVM has it: the JDK throws where others wait.
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    }
  }
}
