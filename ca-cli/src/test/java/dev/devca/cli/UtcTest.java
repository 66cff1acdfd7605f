package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1950-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "2029-02-19T12:56:38Z",
        "2029-02-19T12:56:00Z",
        "2028-02-29T00:00:01Z",
        "9999-12-31T23:59:59Z"
      })
  void text_ofAnInstant_isAsTheJdkWritesIt(String text) {
    assertThat(Utc.text(Instant.parse(text))).isEqualTo(text);
  }
}
