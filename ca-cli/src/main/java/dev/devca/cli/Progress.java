package dev.devca.cli;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How far a long piece of work is, on one line of a terminal; nothing is shown elsewhere. */
final class Progress implements AutoCloseable {
  private static final long FIRST_NANOS = 1_000_000_000;
  private static final long NEXT_NANOS = 100_000_000;
  // ECMA-48: to the beginning of the line, and nothing behind.
  static final String CLEAR = "\r\033[K";

  private final Session session;
  private final boolean shown;
  private final int all;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicLong next = new AtomicLong(System.nanoTime() + FIRST_NANOS);
  private volatile boolean begun;

  private Progress(Session session, int all, boolean shown) {
    this.session = session;
    this.all = all;
    this.shown = shown;
  }

  static Progress of(Session session, int all) {
    return new Progress(session, all, session.talks() && Worker.terminalIsThere());
  }

  /** One more is done; by any thread. */
  void step() {
    int now = done.incrementAndGet();
    long due = next.get();
    long time = System.nanoTime();
    if (shown && time - due >= 0 && next.compareAndSet(due, time + NEXT_NANOS)) {
      begun = true;
      session.console().ask(CLEAR + now + " of " + all);
    }
  }

  @Override
  public void close() {
    if (begun) {
      session.console().ask(CLEAR);
    }
  }
}
