package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuedRecordTest {
  private static final Path FOLDER = Path.of("").toAbsolutePath();
  private static final Path CHAIN = FOLDER.resolve("a b=c\\n.pem");
  private static final Path KEY = FOLDER.resolve("Schlüssel.pem");
  private static final Instant FROM = Instant.parse("2026-11-22T09:00:00Z");

  private static IssuedRecord record(Duration length, String... arguments) {
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(CHAIN, "0".repeat(64));
    files.put(KEY, "f".repeat(64));
    return new IssuedRecord(
        List.of("app.test", "127.0.0.1"),
        "a".repeat(64),
        FROM,
        FROM.plus(length),
        files,
        List.of(arguments),
        true,
        "its dates were given");
  }

  @Test
  void text_readBack_isTheSame() {
    IssuedRecord record =
        record(
            Duration.ofDays(90),
            "--cn=a = b",
            "--cert-file=" + CHAIN,
            "--key-file=" + KEY,
            "app.test");

    assertThat(IssuedRecord.read(record.text())).isEqualTo(record);
    assertThat(record.file()).isEqualTo(CHAIN);
    assertThat(record.file(OutputKind.KEY)).contains(KEY);
    assertThat(record.file(OutputKind.PKCS12)).isEmpty();
  }

  @Test
  void text_lineBreak_isRefused() {
    IssuedRecord record = record(Duration.ofDays(1), "--alias=a\nargument=--der");

    assertThatThrownBy(record::text)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line break");
  }

  @ParameterizedTest
  @CsvSource({"P820D, P30D", "P90D, P30D", "P30D, P10D", "PT15M, PT5M"})
  void soon_byTheLength_isThirtyDaysOrAThird(Duration length, Duration soon) {
    assertThat(record(length).soon()).isEqualTo(soon);
  }

  @ParameterizedTest
  @CsvSource({
    "'devca issued 1', 'devca issued 2', 'no record of this version'",
    "'\nend\n', '\n', 'its end is missing'",
    "'\nend\n', '\nen', 'its end is missing'",
    "'name=app', 'nam=app', 'line 2 is not understood'",
    "'name=app', 'app', 'line 2 is not understood'",
    "'from=2026', 'from=nevermore', '''from'' is no moment'",
    "'until=', 'name=', '''until'' is no moment'",
    "'until=', 'until=-', '''until'' is no moment as devca writes it'",
    "'file=0', 'file=', 'a file has no hash'",
    "'file=', 'name=', 'it names no file'",
    "'000 /', '000 ', 'a file name is not absolute'",
  })
  void read_damaged_saysWhy(String part, String otherPart, String why) {
    String text = record(Duration.ofDays(90)).text();
    assertThat(text).contains(part);

    assertThatThrownBy(() -> IssuedRecord.read(text.replace(part, otherPart)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
