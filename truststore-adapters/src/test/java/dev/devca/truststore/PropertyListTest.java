package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyListTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private static Map<String, Object> parse(String text) throws IOException {
    return PropertyList.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Another writer of the format than our tests'. */
  @Test
  void parse_whatPythonWrites_isTheSame() throws IOException {
    assumeTrue(Files.isExecutable(PYTHON), "there is no " + PYTHON);
    String script =
        "import plistlib, sys, datetime; plistlib.dump({'a': [b'\\x00\\xff' * 40, 'x & <y>', 3,"
            + " True, {}], 'b': {'c': datetime.datetime(2026, 11, 22)}, 'd': False},"
            + " sys.stdout.buffer)";
    CommandRunner.Result written =
        new ProcessRunner(Map.of()).run(CommandRunner.Command.of(PYTHON.toString(), "-c", script));

    Map<String, Object> list = PropertyList.parse(written.output());

    assertThat(list).containsOnlyKeys("a", "b", "d").containsEntry("d", false);
    assertThat(list.get("b")).isEqualTo(Map.of("c", "2026-11-22T00:00:00Z"));
    assertThat((List<?>) list.get("a"))
        .hasSize(5)
        .satisfies(array -> assertThat((byte[]) array.get(0)).hasSize(80).contains(0, 255 - 256))
        .satisfies(array -> assertThat(array.get(1)).isEqualTo("x & <y>"))
        .satisfies(
            array -> assertThat(array.subList(2, 5)).isEqualTo(List.of("3", true, Map.of())));
  }

  @Test
  void parse_documentType_isNotFetched() throws IOException {
    assertThat(
            parse(
                "<?xml version=\"1.0\"?><!DOCTYPE plist SYSTEM \"http://no.such.host.invalid/x\">"
                    + "<plist version=\"1.0\"><dict/></plist>"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no xml",
        "bplist00",
        "<plist><array/></plist>",
        "<other/>",
        "<plist><dict><key>a</key></dict></plist>",
        "<plist><dict><string>a</string></dict></plist>",
        "<plist><dict><key>a</key><data>*</data",
      })
  void parse_somethingElse_isRefused(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("it is no property list: ");
  }
}
