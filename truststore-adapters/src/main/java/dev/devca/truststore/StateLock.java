package dev.devca.truststore;

import dev.devca.ca.files.CreatedFolders;
import dev.devca.ca.files.DirectoryLock;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The lock under which one process of a user, or of root, changes stores. */
final class StateLock implements AutoCloseable {
  // Another install may be waiting for update-ca-certificates and a dozen keystores.
  private static final Duration LIMIT = Duration.ofMinutes(2);

  // As many holders that leave nothing behind are unlikely to come one after another.
  private static final int ATTEMPTS = 50;

  // Folders that stores have in it.
  private static final List<String> FOLDERS = List.of("journal", "nss", "roots", "variables");

  private final Optional<DirectoryLock> lock;
  private final Optional<Path> directory;
  private final Operation operation;

  private StateLock(Optional<DirectoryLock> lock, Optional<Path> directory, Operation operation) {
    this.lock = lock;
    this.directory = directory;
    this.operation = operation;
  }

  /** Waits for the lock if the operation changes anything and there is a place for it. */
  static StateLock hold(Host host, Operation operation) throws IOException {
    Optional<Path> state = host.stateDirectory();
    if (operation == Operation.STATUS || state.isEmpty()) {
      return new StateLock(Optional.empty(), state, operation);
    }
    // Users read from root's folder which roots are theirs.
    FileMode mode = host.isRoot() ? FileMode.WORLD_READABLE : FileMode.OWNER_ONLY;
    for (int attempt = 1; ; attempt++) {
      try {
        StateFolder.check(host, state.get());
        CreatedFolders.makeOwn(state.get(), mode);
        DirectoryLock lock = DirectoryLock.acquire(state.get(), LIMIT);
        return new StateLock(Optional.of(lock), state, operation);
      } catch (NoSuchFileException e) {
        // Its last holder has taken the empty folder away meanwhile.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Lets go, and takes away a folder in which nothing was left. */
  @Override
  public void close() throws IOException {
    if (lock.isEmpty() || directory.isEmpty()) {
      return;
    }
    if (operation == Operation.UNINSTALL) {
      sweep(directory.get());
    }
    // The lock's own file is one.
    boolean empty = CreatedFolders.count(directory.get()) <= 1;
    if (empty) {
      lock.get().deleteFile();
    }
    lock.get().close();
    if (empty) {
      removeOwn(directory.get());
    }
  }

  private static void removeOwn(Path state) throws IOException {
    try {
      CreatedFolders.removeOwn(state);
    } catch (NoSuchFileException e) {
      // Who had the lock next found nothing in it either.
      return;
    }
  }

  /** Takes away what processes left that were killed. */
  private static void sweep(Path state) throws IOException {
    CreatedFolders.sweepLocked(state);
    for (String name : FOLDERS) {
      Path folder = state.resolve(name);
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        CreatedFolders.sweepLocked(folder);
      }
      CreatedFolders.removeOwn(folder);
      // The one that has no list.
      CreatedFolders.removeEmpty(List.of(folder));
    }
  }
}
