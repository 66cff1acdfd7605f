package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.25Z");

  /** RFC 5280 §4.1.2.5: UTCTime (tag 23) through 2049, GeneralizedTime (tag 24) from 2050 on. */
  @ParameterizedTest
  @CsvSource({
    "1950-01-01T00:00:00Z, 23, 500101000000Z",
    "1970-01-01T00:00:00Z, 23, 700101000000Z",
    "1999-12-31T23:59:59Z, 23, 991231235959Z",
    "2000-02-29T12:00:00Z, 23, 000229120000Z",
    "2026-11-22T10:15:30Z, 23, 261122101530Z",
    "2049-12-31T23:59:59Z, 23, 491231235959Z",
    "2050-01-01T00:00:00Z, 24, 20500101000000Z",
    "2071-02-03T04:05:06Z, 24, 20710203040506Z",
    "9999-12-31T23:59:59Z, 24, 99991231235959Z",
  })
  void der_anyYear_isEncodedAsRfc5280WantsIt(Instant instant, int tag, String text)
      throws Exception {
    Validity validity = new Validity(instant, instant);

    byte[] der = validity.der();

    assertThat(der).isEqualTo(Der.sequence(time(tag, text), time(tag, text)));
    assertThat(read(der)).isEqualTo(validity);
  }

  @Test
  void read_anyDay_isThatDay() throws Exception {
    Instant last = Instant.parse("2402-01-01T23:59:59Z");
    for (Instant day = Instant.parse("1950-01-01T23:59:59Z");
        day.isBefore(last);
        day = day.plus(Duration.ofDays(1))) {
      assertThat(read(new Validity(day, day).der()).notAfter()).isEqualTo(day);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // a leap second, which no Instant has
    "23, 161231235960Z",
    "23, 260229120000Z",
    "23, 261322101530Z",
    "23, 261122241530Z",
    "23, 2611221015Z",
    "23, 261122101530",
    "23, 261122101530+0100",
    "23, 26+122101530Z",
    "24, 20500101000000.5Z",
    "24, 20500101000000",
  })
  void read_timeNotAsRfc5280WantsIt_isRefused(int tag, String text) throws Exception {
    byte[] good = time(23, "261122101530Z");

    assertThat(read(Der.sequence(good, good)).notBefore()).isEqualTo(NOW.minusMillis(250));
    assertThatThrownBy(() -> read(Der.sequence(time(tag, text), good)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(Der.sequence(good, time(tag, text))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void read_endBeforeStart_isRefused() {
    byte[] der = Der.sequence(time(23, "261122101530Z"), time(23, "261122101529Z"));

    assertThatThrownBy(() -> read(der))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is before");
  }

  private static byte[] time(int tag, String text) {
    return Der.element(tag, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Validity read(byte[] der) throws IOException {
    return Validity.read(DerReader.of(der, Der.SEQUENCE));
  }

  @ParameterizedTest
  @CsvSource({
    // length, start, end
    "PT8760H, 2026-11-22T09:15:30Z, 2027-11-22T09:15:30Z",
    "PT10H, 2026-11-22T09:15:30Z, 2026-11-22T19:15:30Z",
    "PT9H, 2026-11-22T09:21:30Z, 2026-11-22T18:21:30Z",
    "PT10M, 2026-11-22T10:14:30Z, 2026-11-22T10:24:30Z",
    "PT10S, 2026-11-22T10:15:29Z, 2026-11-22T10:15:39Z",
    "PT1S, 2026-11-22T10:15:30Z, 2026-11-22T10:15:31Z",
  })
  void of_length_isBackDatedByAnHourOrATenth(Duration length, Instant start, Instant end) {
    Validity validity = Validity.of(length, NOW);

    assertThat(validity).isEqualTo(new Validity(start, end));
    assertThat(Duration.between(validity.notBefore(), validity.notAfter())).isEqualTo(length);
    assertThat(NOW).isBetween(validity.notBefore(), validity.notAfter());
  }

  @ParameterizedTest
  @CsvSource({
    // within 2026..2030
    "2027-01-01T00:00:00Z, 2028-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 2028-01-01T00:00:00Z",
    "2027-01-01T00:00:00Z, 2040-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 2030-01-01T00:00:00Z",
    "2020-01-01T00:00:00Z, 2028-01-01T00:00:00Z, 2020-01-01T00:00:00Z, 2028-01-01T00:00:00Z",
    "2020-01-01T00:00:00Z, 2040-01-01T00:00:00Z, 2020-01-01T00:00:00Z, 2030-01-01T00:00:00Z",
  })
  void endingWith_issuer_keepsTheBeginning(
      Instant start, Instant end, Instant first, Instant last) {
    Validity issuer =
        new Validity(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00Z"));

    assertThat(new Validity(start, end).endingWith(issuer)).isEqualTo(new Validity(first, last));
  }

  @Test
  void new_endBeforeStart_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Validity(NOW, NOW.minusSeconds(1)))
        .withMessageContaining("is before");
    assertThat(new Validity(NOW, NOW.minusMillis(250))).isEqualTo(new Validity(NOW, NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "1949-12-31T23:59:59Z, 2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00Z, +10000-01-01T00:00:00Z",
  })
  void new_yearThatNoCertificateHas_isRefused(Instant start, Instant end) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Validity(start, end))
        .withMessageContaining("between the years 1950 and 9999");
  }
}
