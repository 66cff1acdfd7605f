package dev.devca.ca.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread of this JVM in, whatever its class loader: a shared lock on a folder, of which
 * only this counts, that the JDK grants it once in a JVM.
 */
final class JvmGate implements AutoCloseable {
  private final @Nullable FileChannel folder;

  private JvmGate(@Nullable FileChannel folder) {
    this.folder = folder;
  }

  /** Goes in, or answers null if another thread is in. */
  static @Nullable JvmGate tryEnter(Path directory) throws IOException {
    FileChannel folder;
    try {
      folder = FileChannel.open(directory, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      // Windows opens no folder. There a lock is its channel's own, and nothing is to be guarded.
      return new JvmGate(null);
    }
    try {
      folder.tryLock(0, 1, true);
      return new JvmGate(folder);
    } catch (OverlappingFileLockException e) {
      folder.close();
      return null;
    } catch (IOException e) {
      // A file system that locks no folders: the lock's file still keeps most others out.
      folder.close();
      return new JvmGate(null);
    }
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      folder.close();
    }
  }
}
