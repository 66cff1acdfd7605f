package dev.devca.cli;

import dev.devca.ca.files.Reasons;
import dev.devca.truststore.ProcessTree;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of the caller's that is told of renewed certificates, such as to load them into a
 * server. It gets its arguments as they are, without a shell, and the rights of this process: those
 * of the user whose CA it is. It is kept nowhere.
 */
final class RenewHook {
  // A server that reloads takes seconds; a timer must not wait for ever.
  private static final long LIMIT_MINUTES = 10;

  private RenewHook() {}

  /** Runs it to its end; false if it failed, which was said then. */
  static boolean run(Session session, List<String> command) {
    String why;
    try {
      why = failure(session, command);
    } catch (IOException e) {
      why = Reasons.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      why = "it was interrupted";
    }
    if (why.isEmpty()) {
      session.say("Ran " + command.get(0));
      return true;
    }
    session.console().say("The hook " + command.get(0) + " failed: " + why);
    return false;
  }

  private static String failure(Session session, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.redirectInput(ProcessBuilder.Redirect.PIPE);
    if (session.json()) {
      // What it prints is no data of ours.
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }
    builder.environment().clear();
    builder.environment().putAll(session.environment());
    Passphrases.VARIABLES.forEach(builder.environment()::remove);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      ProcessTree.kill(process);
      return "it did not end within " + LIMIT_MINUTES + " minutes";
    }
    return process.exitValue() == 0 ? "" : "exit code " + process.exitValue();
  }
}
