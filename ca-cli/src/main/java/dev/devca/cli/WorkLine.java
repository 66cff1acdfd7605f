package dev.devca.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is being worked on, on one line of a terminal, once it takes longer than a second; nothing
 * is shown elsewhere. Thread-safe.
 */
final class WorkLine implements Consumer<List<String>>, AutoCloseable {
  private static final long FIRST_MILLIS = 1000;
  private static final int WIDTH = 78;
  private static final Path TERMINAL = Path.of("/dev/tty");

  private final Consumer<String> terminal;
  private final Thread clock;
  private String text = "";
  private boolean due;
  private boolean drawn;
  private boolean closed;

  private WorkLine(Consumer<String> terminal) {
    this.terminal = terminal;
    this.clock = new Thread(this::begin, "progress");
    clock.setDaemon(true);
  }

  /** On the terminal of a session; nothing if that has none, or is to be quiet. */
  static WorkLine of(Session session) {
    return to(session.console()::ask, isWanted(session));
  }

  /** Whether a person looks on. */
  static boolean isWanted(Session session) {
    return session.talks() && Worker.terminalIsThere();
  }

  /** On the terminal of this process, whose standard streams belong to another. */
  static WorkLine ofTerminal(boolean shown) {
    return to(WorkLine::write, shown);
  }

  static WorkLine to(Consumer<String> terminal, boolean shown) {
    WorkLine line = new WorkLine(terminal);
    if (shown) {
      line.clock.start();
    }
    return line;
  }

  private static void write(String line) {
    try {
      Files.write(TERMINAL, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    } catch (IOException e) {
      // Without a terminal nobody looks on.
      return;
    }
  }

  /** Shows these from now on, or nothing if there is none: a prompt may follow. */
  @Override
  public synchronized void accept(List<String> names) {
    String line =
        names.isEmpty() ? "" : Console.printable("Working on " + String.join(", ", names));
    text = line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    draw();
  }

  private void begin() {
    try {
      Thread.sleep(FIRST_MILLIS);
    } catch (InterruptedException e) {
      // The work is done.
      return;
    }
    synchronized (this) {
      due = !closed;
      draw();
    }
  }

  private void draw() {
    if (due && !text.isEmpty()) {
      terminal.accept(Progress.CLEAR + text);
      drawn = true;
    } else if (drawn) {
      terminal.accept(Progress.CLEAR);
      drawn = false;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    clock.interrupt();
    text = "";
    draw();
    due = false;
  }
}
