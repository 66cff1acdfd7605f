package dev.devca.cli;

import dev.devca.ca.LeafRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.Model.CommandSpec;

/** For how long a certificate is valid: a length, or a beginning and an end. */
final class ValidityOptions {
  static final String DAYS = "--days";
  static final String VALID = "--valid";
  static final String FROM = "--from";
  private static final String UNTIL = "--until";
  private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

  private ValidityOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(CommonOptions.value(DAYS, "N", "valid for N days; 820 if nothing is said"))
        .addOption(CommonOptions.value(VALID, "TIME", "valid for a time such as 15m, 12h or 14d"))
        .addOption(
            CommonOptions.value(FROM, "DATE", "with --until: valid from then on, perhaps long ago"))
        .addOption(
            CommonOptions.value(UNTIL, "DATE", "such as 2027-01-31 or 2027-01-31T18:00:00Z"));
  }

  static LeafRequest apply(Arguments parsed, LeafRequest request) {
    boolean days = parsed.has(DAYS);
    boolean valid = parsed.has(VALID);
    boolean from = parsed.has(FROM);
    boolean until = parsed.has(UNTIL);
    if (from != until) {
      throw wrong("--from and --until go together");
    }
    if ((days ? 1 : 0) + (valid ? 1 : 0) + (from ? 1 : 0) > 1) {
      throw wrong("--days, --valid and --from with --until exclude each other");
    }
    try {
      if (days) {
        return request.withValidity(length(parsed.value(DAYS, "") + "d", DAYS));
      }
      if (valid) {
        return request.withValidity(length(parsed.value(VALID, ""), VALID));
      }
      if (from) {
        return request.withValidity(
            moment(parsed.value(FROM, ""), FROM, LocalTime.MIDNIGHT),
            moment(parsed.value(UNTIL, ""), UNTIL, LAST_SECOND));
      }
      return request;
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  /**
   * A length of time.
   *
   * @throws IllegalArgumentException if it is none; the message names the option
   */
  static Duration length(String text, String option) {
    int digits = text.length() - 1;
    // Nine digits fit in an int, and are more than any certificate needs.
    boolean good =
        digits >= 1
            && digits <= 9
            && text.chars().limit(digits).allMatch(c -> c >= '0' && c <= '9');
    int number = good ? Integer.parseInt(text.substring(0, digits)) : 0;
    Duration unit =
        switch (text.isEmpty() ? ' ' : text.charAt(digits)) {
          case 's' -> Duration.ofSeconds(1);
          case 'm' -> Duration.ofMinutes(1);
          case 'h' -> Duration.ofHours(1);
          case 'd' -> Duration.ofDays(1);
          default -> Duration.ZERO;
        };
    if (number < 1 || unit.isZero()) {
      throw new IllegalArgumentException(
          option.equals(DAYS)
              ? "--days is a number of days, at least 1"
              : option + " is a number with s, m, h or d, such as 15m");
    }
    return unit.multipliedBy(number);
  }

  /** A day begins and ends in UTC, as a certificate's times are. */
  private static Instant moment(String text, String option, LocalTime timeOfDay) {
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atTime(timeOfDay).toInstant(ZoneOffset.UTC)
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw wrong(option + " is a date such as 2027-01-31 or 2027-01-31T18:00:00Z");
    }
  }

  private static UsageException wrong(String why) {
    return new UsageException("cannot issue a certificate: " + why, "devca issue --help");
  }
}
