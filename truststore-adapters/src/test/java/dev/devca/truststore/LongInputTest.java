package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Far longer and deeper than a fuzzer gets: no parser ends the stack, or takes for ever. */
@Timeout(60)
class LongInputTest {
  private static final int MANY = 100_000;
  private static final String VARIABLE = "NODE_EXTRA_CA_CERTS";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POSIX       | if [ -r @ ]; then      | ''",
        "POSIX       | export A=@             | \\'",
        "POSIX       | NODE_EXTRA_CA_CERTS=@  | $HOME",
        "FISH        | if test -r '@'         | a",
        "FISH        | if test -r '@'         | \\'",
        "FISH        | set -gx NODE_EXTRA_CA_CERTS @ | a",
        "ENVIRONMENT | A=\"@\"                | a",
      })
  void profileBlock_longWord_isPassedOver(Dialect dialect, String line, String part) {
    String text = line.replace("@", part.repeat(MANY)) + "\n";
    Path file = Path.of("/home/dev/ca.pem");
    ProfileBlock block =
        new ProfileBlock(dialect, file.getParent(), List.of(VARIABLE), Optional.of(file));

    for (String content : List.of(text, "# >>> devca >>>\n" + text + "# <<< devca <<<\n")) {
      assertThat(content.getBytes(StandardCharsets.ISO_8859_1))
          .satisfies(bytes -> assertThat(block.isEffective(block.insert(bytes))).isTrue());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<array>", "<dict><key>a</key>"})
  void propertyList_deep_isRefused(String part) {
    byte[] list =
        ("<plist><dict><key>a</key>" + part.repeat(MANY)).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> PropertyList.parse(list))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no property list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void jsonText_deep_isRefused(String part) {
    assertThatThrownBy(() -> JsonText.parse("{\"a\":" + part.repeat(MANY)))
        .isInstanceOf(IOException.class)
        .hasMessage("it is no JSON, as line 1 shows");
  }

  @Test
  void jsonText_longEscapes_areRead() throws IOException {
    JsonText text = JsonText.parse("{\"" + "\\u0061".repeat(MANY) + "\": 1}");

    assertThat(text.members().get(0).key()).isEqualTo("a".repeat(MANY));
  }

  @Test
  void caBundle_longLine_isPassedOver() {
    String text = "# merged from: " + "a".repeat(MANY) + " sha256 a for B\n";

    assertThat(
            CaBundle.parse(text.getBytes(StandardCharsets.UTF_8), FileSystems.getDefault()).whole())
        .isTrue();
  }
}
