package dev.devca.ca.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a folder, held by the operating system: it ends with its process. Processes, threads
 * and class loaders exclude each other.
 *
 * <p>On POSIX systems a process loses its lock on a file as soon as it closes <em>any</em> channel
 * to it (fcntl(2)), so that a thread which merely tried would end the lock of another. Hence a gate
 * comes first: the one thread that is through opens the lock's file, once.
 */
public final class DirectoryLock implements AutoCloseable {
  private static final String FILE = ".lock";
  private static final long PAUSE_MILLIS = 5;
  // Lengths of the lock's file: so many that two holders do not draw the same by chance.
  private static final int MARKS = 64 * 1024;

  private final Path file;
  private final JvmGate gate;
  private final FileChannel channel;

  private DirectoryLock(Path file, JvmGate gate, FileChannel channel) {
    this.file = file;
    this.gate = gate;
    this.channel = channel;
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
    JvmGate gate = JvmGate.tryEnter(directory);
    if (gate == null) {
      return null;
    }
    DirectoryLock lock = null;
    try {
      lock = tryAcquire(directory, file, gate);
      return lock;
    } finally {
      if (lock == null) {
        gate.close();
      }
    }
  }

  private static @Nullable DirectoryLock tryAcquire(Path directory, Path file, JvmGate gate)
      throws IOException {
    boolean isNew = Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            FileMode.OWNER_ONLY.atCreation(directory));
    DirectoryLock lock = null;
    try {
      if (tryLock(channel) != null && isStillThere(file, channel, isNew)) {
        lock = new DirectoryLock(file, gate, channel);
      }
      return lock;
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  /**
   * Its last holder may have deleted the file: then this lock would exclude nobody. To open it
   * again would end the lock, so it is known by its length, which each holder draws anew.
   */
  private static boolean isStillThere(Path file, FileChannel channel, boolean isNew)
      throws IOException {
    int mark = 1 + ThreadLocalRandom.current().nextInt(MARKS);
    try {
      channel.truncate(0).write(ByteBuffer.allocate(1), mark - 1L);
      return Files.size(file) == mark;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      if (isNew) {
        // A full disk stays as it was.
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      // Past the mark: Windows keeps others from what is locked.
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException e) {
      // Where there is no gate, another thread or class loader of this JVM has it.
      return null;
    }
  }

  /**
   * Deletes the lock's file, for a folder that is to go: the holder's last act, since from then on
   * others may lock the folder.
   *
   * @throws IOException if it cannot be deleted
   */
  public void deleteFile() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Lets others in. */
  @Override
  public void close() throws IOException {
    // The channel goes before the gate: whoever is through must be the only one to have it open.
    try (gate) {
      channel.close();
    }
  }
}
