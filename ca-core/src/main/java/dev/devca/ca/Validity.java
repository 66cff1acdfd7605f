package dev.devca.ca;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.bouncycastle.asn1.BERTags;

/**
 * The time for which a certificate is valid, RFC 5280 §4.1.2.5, in whole seconds. Made without
 * {@code Date}, whose formatting takes longer than a signature.
 */
record Validity(Instant notBefore, Instant notAfter) {
  // A client's clock may be behind: virtual machines, phones and containers often are.
  private static final Duration BACKDATED = Duration.ofHours(1);
  private static final int BACKDATED_PART = 10;
  // RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050 on.
  private static final int FIRST_GENERALIZED_YEAR = 2050;
  private static final int LAST_YEAR = 9999;
  // From the last of February of the year 0 on.
  private static final int DAYS_TO_1970 = 719_469;

  Validity {
    notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
    notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
    if (notAfter.isBefore(notBefore)) {
      throw new IllegalArgumentException(
          "the end " + notAfter + " is before the beginning " + notBefore);
    }
    if (year(notBefore) < 1950 || year(notAfter) > LAST_YEAR) {
      throw new IllegalArgumentException(
          "a certificate is valid between the years 1950 and 9999, not "
              + notBefore
              + " to "
              + notAfter);
    }
  }

  /** Of a length, back-dated by an hour, or by a tenth of the length if that is shorter. */
  static Validity of(Duration length, Instant now) {
    // In whole seconds, since dividing a Duration computes with BigDecimal.
    Duration tenth = Duration.ofSeconds(length.toSeconds() / BACKDATED_PART);
    Instant start = now.minus(tenth.compareTo(BACKDATED) < 0 ? tenth : BACKDATED);
    return new Validity(start, start.truncatedTo(ChronoUnit.SECONDS).plus(length));
  }

  /** The same, but never past the issuer's end. Its beginning may be before the issuer's. */
  Validity endingWith(Validity issuer) {
    return notAfter.isAfter(issuer.notAfter) ? new Validity(notBefore, issuer.notAfter) : this;
  }

  /** As it stands in a certificate. */
  byte[] der() {
    return Der.sequence(encode(notBefore), encode(notAfter));
  }

  /** Reads what a certificate says. */
  static Validity read(DerReader times) throws IOException {
    Instant notBefore = decode(times);
    Instant notAfter = decode(times);
    times.end();
    try {
      return new Validity(notBefore, notAfter);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static int year(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).getYear();
  }

  private static byte[] encode(Instant instant) {
    LocalDateTime t = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    boolean generalized = t.getYear() >= FIRST_GENERALIZED_YEAR;
    byte[] text = new byte[generalized ? 15 : 13];
    int at = 0;
    if (generalized) {
      at = digits(text, at, t.getYear() / 100);
    }
    at = digits(text, at, t.getYear() % 100);
    at = digits(text, at, t.getMonthValue());
    at = digits(text, at, t.getDayOfMonth());
    at = digits(text, at, t.getHour());
    at = digits(text, at, t.getMinute());
    at = digits(text, at, t.getSecond());
    text[at] = 'Z';
    return Der.element(generalized ? BERTags.GENERALIZED_TIME : BERTags.UTC_TIME, text);
  }

  private static int digits(byte[] out, int at, int value) {
    out[at] = (byte) ('0' + value / 10);
    out[at + 1] = (byte) ('0' + value % 10);
    return at + 2;
  }

  private static boolean startsWithDigits(String text, int count) {
    for (int i = 0; i < count; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static Instant decode(DerReader times) throws IOException {
    boolean generalized = times.isAt(BERTags.GENERALIZED_TIME);
    byte[] content = times.content(generalized ? BERTags.GENERALIZED_TIME : BERTags.UTC_TIME);
    String text = new String(content, StandardCharsets.US_ASCII);
    // RFC 5280 §4.1.2.5.1–2: seconds, no fraction, and Z.
    int digits = generalized ? 14 : 12;
    if (text.length() != digits + 1 || !text.endsWith("Z") || !startsWithDigits(text, digits)) {
      throw new IOException("the time " + text + " is not as RFC 5280 wants it");
    }
    try {
      int year = Integer.parseInt(text.substring(0, generalized ? 4 : 2));
      if (!generalized) {
        year += year >= 50 ? 1900 : 2000;
      }
      int at = generalized ? 4 : 2;
      return instant(
          LocalDateTime.of(
              year,
              two(text, at),
              two(text, at + 2),
              two(text, at + 4),
              two(text, at + 6),
              two(text, at + 8)));
    } catch (DateTimeException e) {
      throw new IOException("the time " + text + " is not as RFC 5280 wants it", e);
    }
  }

  /**
   * What {@code toInstant} gives: that asks {@code Year} for leap years, and with it since Java 21
   * comes all that formats dates, which takes as long as a signature. Counted from March on, where
   * a leap day is the last of the year.
   */
  private static Instant instant(LocalDateTime t) {
    long month = (t.getMonthValue() + 9L) % 12;
    long year = t.getYear() - month / 10;
    long leapDays = Math.floorDiv(year, 4L) - Math.floorDiv(year, 100L) + Math.floorDiv(year, 400L);
    long days = 365 * year + leapDays + (153 * month + 2) / 5 + t.getDayOfMonth() - DAYS_TO_1970;
    return Instant.ofEpochSecond(days * 86_400 + t.toLocalTime().toSecondOfDay());
  }

  private static int two(String text, int at) {
    return Integer.parseInt(text.substring(at, at + 2));
  }
}
