package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    Arguments plain = command.plainly(words).orElseThrow();

    Arguments parsed = CommandParser.read(command, words);
    assertThat(plain.words()).isEqualTo(parsed.words()).isEqualTo(words);
    assertThat(plain.options()).isEqualTo(parsed.options()).isEmpty();
    assertThat(plain.length()).isEqualTo(parsed.length());
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

  static List<Command> withoutWords() {
    return List.of(
        new InstallCommand(),
        new StatusCommand(),
        new UninstallCommand(),
        new RootCommand(),
        new ListCommand(),
        new WorkerCommand());
  }

  @ParameterizedTest
  @MethodSource("withoutWords")
  void plainly_noWordsNeeded_asPicocliReadsNone(Command command) {
    Arguments plain = command.plainly(List.of()).orElseThrow();

    Arguments parsed = CommandParser.read(command, List.of());
    assertThat(plain.words()).isEqualTo(parsed.words()).isEmpty();
    assertThat(plain.options()).isEqualTo(parsed.options()).isEmpty();
    assertThat(plain.length()).isEqualTo(parsed.length());
    assertThat(CommonOptions.of(plain)).isEqualTo(CommonOptions.of(parsed));
    assertThat(StoreOptions.repeated(plain)).isEqualTo(StoreOptions.repeated(parsed)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("withoutWords")
  void plainly_anyWord_isLeftToPicocli(Command command) {
    for (String word : List.of("", "-h", "--help", "--", "@file", "word")) {
      assertThat(command.plainly(List.of(word))).as(word).isEmpty();
    }
  }
}
