package dev.devca.truststore;

import dev.devca.ca.files.DirectoryLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The lock under which one process of a user, or of root, changes stores. */
final class StateLock implements AutoCloseable {
  // Another install may be waiting for update-ca-certificates and a dozen keystores.
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Optional<DirectoryLock> lock;

  private StateLock(Optional<DirectoryLock> lock) {
    this.lock = lock;
  }

  /** Waits for the lock if the operation changes anything and there is a place for it. */
  static StateLock hold(Host host, Operation operation) throws IOException {
    Optional<Path> state = host.stateDirectory();
    if (operation == Operation.STATUS || state.isEmpty()) {
      return new StateLock(Optional.empty());
    }
    CreatedFolders.makeOwn(state.get());
    return new StateLock(Optional.of(DirectoryLock.acquire(state.get(), LIMIT)));
  }

  @Override
  public void close() throws IOException {
    if (lock.isPresent()) {
      lock.get().close();
    }
  }
}
