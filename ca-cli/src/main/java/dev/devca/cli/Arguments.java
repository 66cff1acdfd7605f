package dev.devca.cli;

import java.util.List;
import java.util.Optional;

/**
 * What a command line says, whoever read it: picocli, or a {@linkplain Command#plainly command
 * itself} where picocli's classes would take longer than the command.
 */
interface Arguments {

  /** Whether an option was given, by any of its names. */
  boolean has(String option);

  /** The value of an option, or the fallback where it was not given. */
  <T> T value(String option, T fallback);

  /** The value of an option of one text, or empty where it was not given. */
  default Optional<String> find(String option) {
    return has(option) ? Optional.of(value(option, "")) : Optional.empty();
  }

  /** The words that are no option's. */
  List<String> words();

  /** The options that were given, by their long names. */
  List<String> options();

  /** How many words the command line has, those of options too. */
  int length();
}
