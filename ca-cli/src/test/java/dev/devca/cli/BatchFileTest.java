package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFileTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "a b, a:b",
        "' a ', | a |",
        "\"a b\"c, a bc",
        "a\\ b, a b",
        "'a\\b', a\\b",
        "\"a\\\"b\", a\"b",
        "a '' b, a::b",
        "$HOME *.x, $HOME:*.x",
      })
  void ofShell_quotes_areThoseOfAShellThatPutsNothingIn(String line, String words)
      throws IOException {
    assertThat(BatchFile.ofShell(line)).isEqualTo(List.of(words.split(":")));
  }

  @Test
  void ofShell_nul_isRefused() {
    assertThatThrownBy(() -> BatchFile.ofShell("a.test\0b.test"))
        .isInstanceOf(IOException.class)
        .hasMessage("it holds a NUL");
  }

  @Test
  void ofShell_tabsAndManyBlanks_separate() throws IOException {
    assertThat(BatchFile.ofShell("a\t b  \t c")).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a", "\"a", "a\\", "a 'b\" c"})
  void ofShell_unfinished_isRefused(String line) {
    assertThatThrownBy(() -> BatchFile.ofShell(line)).isInstanceOf(IOException.class);
  }
}
