package dev.devca.cli;

/** The help of the program as a whole. */
final class TopHelp {
  private static final String BEGIN =
      """
      devca: a certificate authority for this machine, trusted by every program on it

        devca install                         once per machine
        devca issue 172.16.99.32 localhost    a certificate and key for a server
        devca status                          who trusts it
        devca uninstall                       as if it had never been there

      Commands:
      """;
  private static final String END =
      """

      devca COMMAND --help    explains one command
      devca --version         prints the version

      """;
  private static final int NAME_WIDTH = 12;

  private TopHelp() {}

  static String text() {
    StringBuilder text = new StringBuilder(BEGIN);
    for (Commands command : Commands.visible()) {
      if (command.words().size() > 1) {
        continue;
      }
      text.append("  ")
          .append(command.id())
          .append(" ".repeat(NAME_WIDTH - command.id().length()))
          .append(command.summary())
          .append('\n');
    }
    return text.append("  ca          ")
        .append(CaHelp.SUMMARY)
        .append('\n')
        .append(END)
        .append(ExitCode.TEXT)
        .toString();
  }
}
