package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Words that are read without picocli's parser mean what they mean to it. */
class PlainWordsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost 127.0.0.1 ::1",
        "*.app.test",
        "issue",
        "a@b.test",
        "a=b",
        "'a",
        "ä.test"
      })
  void plainly_namesAlone_asPicocliReadsThem(String line) {
    List<String> words = List.of(line.split(" "));
    IssueCommand command = new IssueCommand();

    ParseResult plain = command.plainly(words).orElseThrow();

    ParseResult parsed = new CommandLine(command.spec()).parseArgs(words.toArray(String[]::new));
    List<String> none = List.of();
    assertThat(plain.matchedPositionalValue(0, none))
        .isEqualTo(parsed.matchedPositionalValue(0, none))
        .isEqualTo(words);
    assertThat(plain.matchedOptions()).isEmpty();
    assertThat(parsed.matchedOptions()).isEmpty();
    assertThat(CommonOptions.of(plain)).isEqualTo(CommonOptions.of(parsed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "a.test --json", "-- -x", "@file", "a.test @file"})
  void plainly_anyOptionOrFile_isLeftToPicocli(String line) {
    assertThat(new IssueCommand().plainly(List.of(line.split(" ")))).isEmpty();
  }

  @Test
  void plainly_noWords_isLeftToPicocli() {
    assertThat(new IssueCommand().plainly(List.of())).isEmpty();
  }
}
