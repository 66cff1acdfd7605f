package dev.devca.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the program. */
interface Command {

  /** Its options and parameters, and the texts of its help. */
  CommandSpec spec();

  /**
   * Does it.
   *
   * @param parsed what {@link #spec} made of the command line
   * @return the exit code
   * @throws UsageException if the values of the command line make no sense
   * @throws IOException if a file is in the way; a CaException says what to do
   */
  int run(ParseResult parsed, Session session) throws IOException;
}
