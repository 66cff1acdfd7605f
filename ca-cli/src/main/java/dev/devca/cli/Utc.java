package dev.devca.cli;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Instants as people and JSON read them. */
final class Utc {
  private static final int LENGTH_WITHOUT_SECONDS = "2029-02-19T12:56".length();

  private Utc() {}

  /**
   * An instant in whole seconds, as {@code 2029-02-19T12:56:00Z}, RFC 3339: what {@link
   * Instant#toString} gives, without the formatter, whose start takes longer than a signature.
   */
  static String text(Instant instant) {
    String text =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC).toString();
    return text + (text.length() == LENGTH_WITHOUT_SECONDS ? ":00Z" : "Z");
  }
}
