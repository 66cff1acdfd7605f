package dev.devca.truststore;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Work on several lists at once, and on each one in its order. */
final class SideBySide<T> {
  private final int workers;
  private final Queue<List<T>> left;
  private final Consumer<T> work;
  private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();

  private SideBySide(int workers, List<List<T>> lists, Consumer<T> work) {
    this.workers = workers;
    this.left = new ConcurrentLinkedQueue<>(lists);
    this.work = work;
  }

  /**
   * Does it, the first list on this thread. Returns when all of it is done, and leaves no thread.
   *
   * @param lists what there is to do; what is done is visible to the caller afterwards
   * @param work does one piece; if it throws, the rest of that list is left, and what it threw is
   *     thrown here when the other lists are done
   */
  static <T> void run(List<List<T>> lists, Consumer<T> work) {
    run(Runtime.getRuntime().availableProcessors(), lists, work);
  }

  /** With so many threads at the most, this one included. */
  static <T> void run(int workers, List<List<T>> lists, Consumer<T> work) {
    new SideBySide<>(workers, lists, work).run();
  }

  private void run() {
    List<T> first = left.poll();
    List<Thread> others = new ArrayList<>();
    while (others.size() < workers - 1 && others.size() < left.size()) {
      others.add(new Thread(this::drain, "devca"));
    }
    others.forEach(Thread::start);
    if (first != null) {
      attempt(first);
    }
    drain();
    others.forEach(SideBySide::await);
    Throwable defect = thrown.poll();
    if (defect instanceof Error error) {
      throw error;
    }
    if (defect instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void drain() {
    for (List<T> list = left.poll(); list != null; list = left.poll()) {
      attempt(list);
    }
  }

  // What is caught is thrown again by the thread that asked for the work.
  private void attempt(List<T> list) {
    try {
      list.forEach(work);
    } catch (RuntimeException | Error e) {
      thrown.add(e);
    }
  }

  /** Also when interrupted: stores are changed by that thread until it ends. */
  private static void await(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
