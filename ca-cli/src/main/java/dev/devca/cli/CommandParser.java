package dev.devca.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Command lines read by picocli, whose classes are loaded for nothing else than this. */
final class CommandParser {
  private CommandParser() {}

  /**
   * Reads a command line, or prints the help that it asks for.
   *
   * @return empty if help was asked for
   * @throws UsageException if it makes no sense
   */
  static Optional<Arguments> read(
      Commands which, Command command, List<String> arguments, PrintStream out) {
    CommandLine line = new CommandLine(command.spec());
    ParseResult parsed;
    try {
      parsed = line.parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new UsageException(
          "cannot understand 'devca " + which.id() + "': " + whyOrPerhaps(e),
          "devca " + which.id() + " --help");
    }
    if (parsed.isUsageHelpRequested()) {
      line.usage(out);
      return Optional.empty();
    }
    return Optional.of(new ParsedArguments(parsed));
  }

  /** Prints the help of a command. */
  static void help(Command command, PrintStream out) {
    new CommandLine(command.spec()).usage(out);
  }

  /**
   * Reads words that a command of ours wrote, or a line of a batch.
   *
   * @throws IllegalArgumentException if they make no sense
   */
  static Arguments read(Command command, List<String> arguments) {
    try {
      return new ParsedArguments(
          new CommandLine(command.spec()).parseArgs(arguments.toArray(String[]::new)));
    } catch (ParameterException e) {
      throw new IllegalArgumentException(why(e), e);
    }
  }

  private static String why(ParameterException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
  }

  /** The same, with the option that a person may have meant. */
  private static String whyOrPerhaps(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched) || !unmatched.isUnknownOption()) {
      return why(e);
    }
    String typed = unmatched.getUnmatched().get(0).split("=", -1)[0];
    return why(e)
        + Nearest.to(typed, e.getCommandLine().getCommandSpec().optionsMap().keySet())
            .map(option -> "; perhaps " + option)
            .orElse("");
  }
}
