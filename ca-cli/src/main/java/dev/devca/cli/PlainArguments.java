package dev.devca.cli;

import java.util.List;
import java.util.Optional;

/** Words without any option. */
record PlainArguments(List<String> words) implements Arguments {
  PlainArguments {
    words = List.copyOf(words);
  }

  /** Of a command that needs no word and was given none; empty for words that are to be parsed. */
  static Optional<Arguments> none(List<String> given) {
    return given.isEmpty() ? Optional.of(new PlainArguments(given)) : Optional.empty();
  }

  @Override
  public boolean has(String option) {
    return false;
  }

  @Override
  public <T> T value(String option, T fallback) {
    return fallback;
  }

  @Override
  public List<String> options() {
    return List.of();
  }

  @Override
  public int length() {
    return words.size();
  }
}
