package dev.devca.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** One command of the program. */
interface Command {

  /** Its options and parameters, and the texts of its help. */
  CommandSpec spec();

  /**
   * What these words mean, where that is plain without picocli's parser and its options, which take
   * longer than some commands.
   */
  default Optional<Arguments> plainly(List<String> words) {
    return Optional.empty();
  }

  /**
   * Does it.
   *
   * @param parsed what {@link #spec} made of the command line
   * @return the exit code
   * @throws UsageException if the values of the command line make no sense
   * @throws IOException if a file is in the way; a CaException says what to do
   */
  int run(Arguments parsed, Session session) throws IOException;
}
