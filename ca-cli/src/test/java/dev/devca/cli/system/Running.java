package dev.devca.cli.system;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command at work in a sandbox; closing ends it and all that it started in its session. */
final class Running implements AutoCloseable {

  // What a killed process needs to go, and what a stream needs to be read to its end.
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration POLL = Duration.ofMillis(20);

  private final List<String> command;
  private final Process process;
  private final Duration limit;
  private final Capture stdout;
  private final Capture stderr;
  private final long started = System.nanoTime();

  Running(List<String> command, Process process, Duration limit, byte[] input) {
    this.command = command;
    this.process = process;
    this.limit = limit;
    stdout = new Capture(process.getInputStream());
    stderr = new Capture(process.getErrorStream());
    try (var stdin = process.getOutputStream()) {
      stdin.write(input);
    } catch (IOException e) {
      // The command ended without reading: its exit code says whether that is a fault.
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Its end; an error if that did not come in time. */
  CommandResult await() {
    try {
      boolean ended = process.waitFor(limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
      boolean late = System.nanoTime() - started >= limit.toNanos();
      if (!ended || late) {
        close();
        throw new AssertionError("took longer than " + limit + ": " + result());
      }
      return result();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted: " + command, e);
    }
  }

  /** What is known now: the exit code is -1 while it runs. */
  CommandResult result() {
    boolean alive = process.isAlive();
    Duration wait = alive ? Duration.ofMillis(1) : Duration.ofSeconds(1);
    int code = alive ? -1 : process.exitValue();
    return new CommandResult(command, code, stdout.text(wait), stderr.text(wait));
  }

  @Override
  public void close() {
    // nsenter passes no signal on. Its child does: the time limit, which tells its whole session.
    boolean told = false;
    long start = System.nanoTime();
    try {
      while (!process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        if (System.nanoTime() - start > GRACE.toNanos()) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        } else if (!told) {
          // None as long as nsenter is on its way in.
          told = process.children().filter(ProcessHandle::destroy).count() > 0;
        }
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
