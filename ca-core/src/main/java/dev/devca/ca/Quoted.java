package dev.devca.ca;

import java.util.Locale;

/**
 * What a person typed, made safe to show: in quotes, on one line, of bounded length, without
 * passwords, and with nothing in it that moves the cursor, turns the writing direction or cannot be
 * seen.
 */
final class Quoted {
  // A name of a certificate is mostly shorter; a line of a terminal has room for it.
  private static final int MOST_CODE_POINTS = 80;

  // Letters by their category, but blank: Hangul fillers, and an empty Braille cell.
  private static final String BLANK_LETTERS = "\u115F\u1160\u2800\u3164\uFFA0";

  private Quoted() {}

  static String of(String text) {
    String shown = withoutUser(text);
    StringBuilder quoted = new StringBuilder("\"");
    int count = 0;
    for (int at = 0; at < shown.length() && count < MOST_CODE_POINTS; count++) {
      int codePoint = shown.codePointAt(at);
      at += Character.charCount(codePoint);
      if (isPrintable(codePoint)) {
        quoted.appendCodePoint(codePoint);
      } else {
        quoted.append("\\u{").append(hex(codePoint)).append('}');
      }
    }
    boolean cut = shown.codePointCount(0, shown.length()) > MOST_CODE_POINTS;
    return quoted.append(cut ? "...\"" : "\"").toString();
  }

  /** A code point as the Unicode charts write it, such as {@code U+00DF}. */
  static String codePoint(int codePoint) {
    return "U+" + hex(codePoint);
  }

  static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == ' ';
      default -> BLANK_LETTERS.indexOf(codePoint) < 0;
    };
  }

  private static String hex(int codePoint) {
    String digits = Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
    return digits.length() < 4 ? "0".repeat(4 - digits.length()) + digits : digits;
  }

  // The user part of a URL may hold a password, and messages end in logs.
  private static String withoutUser(String text) {
    int start = text.indexOf("://") + 3;
    int at = start < 3 ? -1 : text.lastIndexOf('@', Uris.endOfAuthority(text, start) - 1);
    return at < start ? text : text.substring(0, start) + "..." + text.substring(at);
  }
}
