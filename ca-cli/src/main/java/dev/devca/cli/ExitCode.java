package dev.devca.cli;

/** How the command ends, for scripts. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int IN_PART = 3;

  /** As a shell says of a program that SIGPIPE ended: nobody reads what it prints. */
  static final int NO_READER = 141;

  /** For help texts. */
  static final String TEXT =
      """
      Exit codes:
        0  done
        1  failed
        2  wrong usage
        3  done in part, or not trusted
      """;

  private ExitCode() {}
}
