package dev.devca.cli;

import java.util.List;

/** The help of {@code devca ca}, which is a group of commands. */
final class CaHelp {
  static final String GROUP = "ca";
  static final String SUMMARY = "more about the CA itself: devca ca --help";

  private static final String BEGIN =
      """
      devca ca: the CA itself; a second one beside the first is chosen with --ca NAME

      Commands:
      """;
  private static final String END =
      """

      devca ca COMMAND --help    explains one command

      """;
  private static final int ID_WIDTH = 16;

  private CaHelp() {}

  /** Whether the group was named without a command of it. */
  static boolean isMeant(List<String> arguments) {
    return arguments.equals(List.of(GROUP))
        || arguments.equals(List.of("help", GROUP))
        || (arguments.size() > 1
            && arguments.get(0).equals(GROUP)
            && List.of("--help", "-h", "help").contains(arguments.get(1)));
  }

  static String text() {
    StringBuilder text = new StringBuilder(BEGIN);
    for (Commands command : Commands.visible()) {
      if (command.words().get(0).equals(GROUP)) {
        text.append("  ")
            .append(command.id())
            .append(" ".repeat(ID_WIDTH - command.id().length()))
            .append(command.summary())
            .append('\n');
      }
    }
    return text.append(END).append(ExitCode.TEXT).toString();
  }
}
