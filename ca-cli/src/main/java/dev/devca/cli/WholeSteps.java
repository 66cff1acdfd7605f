package dev.devca.cli;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Work in short steps, by any threads. A signal that ends the process (SIGINT, SIGTERM, SIGHUP)
 * comes between two steps: those that have begun are done, and no other begins.
 */
final class WholeSteps implements AutoCloseable {
  // A step takes milliseconds; a disk that hangs must not keep a process that is told to end.
  private static final long LIMIT_SECONDS = 10;

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Runnable farewell;
  private final Thread end = new Thread(this::end, "devca-end");

  private WholeSteps(Runnable farewell) {
    this.farewell = farewell;
  }

  /**
   * Begins.
   *
   * @param farewell what is said when a signal ends it
   */
  static WholeSteps begin(Runnable farewell) {
    WholeSteps steps = new WholeSteps(farewell);
    Runtime.getRuntime().addShutdownHook(steps.end);
    return steps;
  }

  /** Does a step. Where a signal came before, it waits for the end of the process. */
  void step(Runnable step) {
    lock.readLock().lock();
    try {
      step.run();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** In the process's last moments: nobody gets this lock again. */
  private void end() {
    try {
      if (lock.writeLock().tryLock(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        farewell.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    // Waits as a step does, if a signal has come: then there is no hook any more to be removed.
    step(() -> Runtime.getRuntime().removeShutdownHook(end));
  }
}
