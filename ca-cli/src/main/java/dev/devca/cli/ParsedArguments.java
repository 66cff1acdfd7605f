package dev.devca.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What picocli read. */
record ParsedArguments(ParseResult parsed) implements Arguments {

  @Override
  public boolean has(String option) {
    return parsed.hasMatchedOption(option);
  }

  @Override
  public <T> T value(String option, T fallback) {
    return parsed.matchedOptionValue(option, fallback);
  }

  @Override
  public List<String> words() {
    Object words = parsed.matchedPositionalValue(0, List.of());
    return words instanceof List<?> several
        ? several.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(words));
  }

  @Override
  public List<String> options() {
    return parsed.matchedOptionsSet().stream().map(OptionSpec::longestName).toList();
  }

  @Override
  public int length() {
    return parsed.originalArgs().size();
  }
}
