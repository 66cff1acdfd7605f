package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * How a command ended.
 *
 * @param command what ran
 * @param exitCode its exit code; 128 and more for a signal
 * @param stdout the first {@link Capture#LIMIT} bytes of it, as UTF-8
 * @param stderr likewise
 */
record CommandResult(List<String> command, int exitCode, String stdout, String stderr) {

  /** The command must have ended with 0. */
  CommandResult ok() {
    return exits(0);
  }

  /** The command must have ended with this code. */
  CommandResult exits(int expected) {
    assertThat(exitCode).as("exit code of %s", this).isEqualTo(expected);
    return this;
  }

  @Override
  public String toString() {
    return command + "\nexit " + exitCode + "\nstdout:\n" + stdout + "\nstderr:\n" + stderr + "\n";
  }
}
