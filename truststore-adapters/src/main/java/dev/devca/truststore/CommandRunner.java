package dev.devca.truststore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Runs programs: argument lists without a shell, with a time limit, under {@code LC_ALL=C}.
 *
 * {@snippet class="dev.devca.truststore.Snippets" region="scripted"}
 */
@FunctionalInterface
public interface CommandRunner {

  /**
   * Runs a program to its end.
   *
   * @param command what to run
   * @return its exit code and output
   * @throws IOException if the program cannot be started, or did not end in time and was killed
   */
  Result run(Command command) throws IOException;

  /**
   * A program to run.
   *
   * @param arguments the program's absolute path and its arguments
   * @param input what the program reads from standard input; empty for none
   * @param limit after which the program is killed
   */
  record Command(List<String> arguments, byte[] input, Duration limit) {
    // A machine under load takes seconds for what takes one; nothing here takes minutes.
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    /** Takes copies. */
    public Command {
      arguments = List.copyOf(arguments);
      input = input.clone();
    }

    /**
     * A program with empty standard input and a limit of a minute.
     *
     * @param arguments the program's absolute path and its arguments
     * @return the command
     */
    public static Command of(String... arguments) {
      return new Command(List.of(arguments), new byte[0], DEFAULT_LIMIT);
    }

    /**
     * The same program reading other input.
     *
     * @param bytes what it reads from standard input
     * @return a copy
     */
    public Command withInput(byte[] bytes) {
      return new Command(arguments, bytes, limit);
    }

    @Override
    public byte[] input() {
      return input.clone();
    }

    /** The arguments, for messages; never the input. */
    @Override
    public String toString() {
      return String.join(" ", arguments);
    }
  }

  /**
   * How a program ended.
   *
   * @param exitCode its exit code
   * @param output standard output
   * @param errors standard error
   */
  record Result(int exitCode, byte[] output, byte[] errors) {
    /** Takes copies. */
    public Result {
      output = output.clone();
      errors = errors.clone();
    }

    @Override
    public byte[] output() {
      return output.clone();
    }

    @Override
    public byte[] errors() {
      return errors.clone();
    }

    /**
     * Standard output as text.
     *
     * @return the output decoded as UTF-8
     */
    public String text() {
      return new String(output, StandardCharsets.UTF_8);
    }

    /**
     * What the program said when it failed, for a message.
     *
     * @return the last line that is not blank of standard error, else of standard output, else the
     *     exit code
     */
    public String lastLine() {
      for (byte[] stream : List.of(errors, output)) {
        List<String> lines =
            new String(stream, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (!lines.isEmpty()) {
          return lines.get(lines.size() - 1);
        }
      }
      return "exit code " + exitCode;
    }
  }
}
