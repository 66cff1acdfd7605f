package dev.devca.cli;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Work in short steps, by any threads. A signal that ends the process (SIGINT, SIGTERM, SIGHUP)
 * comes between two steps: those that have begun are done, and no other begins.
 */
final class WholeSteps implements AutoCloseable {
  // Longest takes a key of RSA, some seconds; a disk that hangs must not keep the process for ever.
  private static final long LIMIT_SECONDS = 30;

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

  /** Waits for the steps that run. Where a signal came before, for the end of the process. */
  @Override
  public void close() {
    if (!isOver()) {
      new Semaphore(0).acquireUninterruptibly();
    }
  }

  private boolean isOver() {
    lock.writeLock().lock();
    try {
      return Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      // The signal came in this moment.
      return false;
    } finally {
      lock.writeLock().unlock();
    }
  }
}
