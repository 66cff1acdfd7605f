package dev.devca.ca;

import java.text.Normalizer;

/**
 * Where the two zero-width joiners are allowed, RFC 5892 appendices A.1 and A.2: after a virama;
 * the non-joiner also between two letters that would join. The JDK has no table of joining types:
 * of the scripts that join, only Arabic (and with it Persian and Urdu) is known here.
 */
final class Joiners {
  private static final char NON_JOINER = '\u200C';

  // Unicode's ArabicShaping.txt for the letters of the Arabic block; the rest of them join both
  // neighbours.
  private static final String NON_JOINING = "\u0621\u0674";
  private static final String JOINING_THE_ONE_BEFORE =
      "\u0622\u0623\u0624\u0625\u0627\u0629\u062F\u0630\u0631\u0632\u0648"
          + "\u0671\u0672\u0673\u0675\u0676\u0677"
          + "\u0688\u0689\u068A\u068B\u068C\u068D\u068E\u068F"
          + "\u0690\u0691\u0692\u0693\u0694\u0695\u0696\u0697\u0698\u0699"
          + "\u06C0\u06C3\u06C4\u06C5\u06C6\u06C7\u06C8\u06C9\u06CA\u06CB"
          + "\u06CD\u06CF\u06D2\u06D3\u06D5\u06EE\u06EF";

  private Joiners() {}

  /** Whether the joiner at an index of a label may stand there. */
  static boolean isAllowed(String label, int at) {
    if (at > 0 && isVirama(label.codePointBefore(at))) {
      return true;
    }
    return label.charAt(at) == NON_JOINER
        && joinsTheNext(neighbour(label, at, -1))
        && joins(neighbour(label, at, 1));
  }

  /** The next character in a direction that is no mark, or a full stop at the end of the label. */
  private static char neighbour(String label, int at, int step) {
    int found = at + step;
    while (found >= 0 && found < label.length() && UnicodeLabel.isMark(label.charAt(found))) {
      found += step;
    }
    return found >= 0 && found < label.length() ? label.charAt(found) : '.';
  }

  private static boolean joinsTheNext(char c) {
    return joins(c) && JOINING_THE_ONE_BEFORE.indexOf(c) < 0;
  }

  private static boolean joins(char c) {
    return c >= '\u0620'
        && c <= '\u06FF'
        && Character.getType(c) == Character.OTHER_LETTER
        && NON_JOINING.indexOf(c) < 0;
  }

  // Canonical combining class 9, which the JDK tells only by the order it puts marks in: before
  // U+05B0 (class 10), after U+3099 (class 8).
  private static boolean isVirama(int codePoint) {
    String mark = Character.toString(codePoint);
    return UnicodeLabel.isMark(codePoint)
        && !Normalizer.isNormalized("\u05B0" + mark, Normalizer.Form.NFD)
        && !Normalizer.isNormalized(mark + "\u3099", Normalizer.Form.NFD);
  }
}
