package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonVariableTest {
  private static JsonVariable of(String text) throws IOException {
    return new JsonVariable("CA", Optional.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A tilde for each line break. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                    | {"env": {"CA": "v"}}
          {~}~                                  | {~  "env": {~    "CA": "v"~  }~}~
          {~  "a": 1~}~                         | {~  "env": {~    "CA": "v"~  },~  "a": 1~}~
          {"a":[1,{"env":{}}]}                  | {"env": {"CA": "v"},"a":[1,{"env":{}}]}
          {~    "env": {~        "B": "ü"~    }~} | {~    "env": {~        "CA": "v",~        "B": "ü"~    }~}
          {"env":{}, "b": "}\\"{"}              | {"env":{"CA": "v"}, "b": "}\\"{"}
          {"env":{"B":"x"},"env":{"C":"y"}}     | {"env":{"B":"x"},"env":{"CA": "v","C":"y"}}
          """)
  void with_noSuchVariable_addsItAndWithoutTakesItAway(String before, String after)
      throws IOException {
    String text = before.replace('~', '\n');

    String changed = text(of(text).with("v"));

    assertThat(changed).isEqualTo(after.replace('~', '\n'));
    assertThat(of(changed).value()).contains("v");
    String back = text(of(changed).without());
    assertThat(of(back).value()).isEmpty();
    if (text.contains("\"B\"")) {
      assertThat(back).isEqualTo(text);
    }
  }

  @Test
  void with_anotherValue_changesThatAlone() throws IOException {
    String text =
        "\ufeff{\r\n\t\"env\" : { \"B\":1, \"CA\" : \"/old \\u0041\\n\" , \"D\":[] }\r\n}";

    assertThat(of(text).value()).contains("/old A\n");
    assertThat(text(of(text).with("/ü \"q\"")))
        .isEqualTo("\ufeff{\r\n\t\"env\" : { \"B\":1, \"CA\" : \"/ü \\\"q\\\"\" , \"D\":[] }\r\n}");
    assertThat(text(of(text).without()))
        .isEqualTo("\ufeff{\r\n\t\"env\" : { \"B\":1, \"D\":[] }\r\n}");
  }

  @Test
  void without_lastMember_takesTheCommaBeforeIt() throws IOException {
    assertThat(text(of("{\"a\": {}, \"env\": {\"CA\": \"v\"}}").without()))
        .isEqualTo("{\"a\": {}}");
    assertThat(text(of("{\"env\": {\"B\": \"1\", \"CA\": \"v\"}}").without()))
        .isEqualTo("{\"env\": {\"B\": \"1\"}}");
  }

  @Test
  void without_secondObjectOfTheName_leavesItSoThatItCounts() throws IOException {
    assertThat(text(of("{\"env\": [], \"env\": {\"CA\": \"v\"}}").without()))
        .isEqualTo("{\"env\": [], \"env\": {}}");
  }

  @Test
  void with_noFile_writesAnObject() throws IOException {
    assertThat(text(new JsonVariable("CA", Optional.empty()).with("/x")))
        .isEqualTo("{\n  \"env\": {\n    \"CA\": \"/x\"\n  }\n}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{} x",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\":tru}",
        "{\"a\":01x}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\",
        "{\"a\":[1 2]}",
        "// settings\n{}",
        "{\"env\":[]}",
        "{\"env\":{\"CA\":null}}"
      })
  void read_noJsonOrSomethingElse_isRefused(String text) {
    assertThatThrownBy(() -> of(text)).isInstanceOf(IOException.class).hasMessageContaining("it");
  }

  @Test
  void read_tooDeep_isRefused() {
    String deep = "{\"a\":" + "[".repeat(100_000);

    assertThatThrownBy(() -> of(deep)).isInstanceOf(IOException.class);
  }
}
