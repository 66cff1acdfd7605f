package dev.devca.cli;

import java.util.List;

/** Words without any option. */
record PlainArguments(List<String> words) implements Arguments {
  PlainArguments {
    words = List.copyOf(words);
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
  public boolean knows(String option) {
    return false;
  }

  @Override
  public int length() {
    return words.size();
  }
}
