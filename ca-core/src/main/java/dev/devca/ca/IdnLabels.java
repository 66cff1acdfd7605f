package dev.devca.ca;

import java.net.IDN;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/**
 * Labels in other letters than ASCII's, and the A-labels (RFC 5890 §2.3.2.1) that stand for them.
 *
 * <p>{@link IDN} is IDNA 2003; browsers and Node convert by UTS 46. Where both agree, the label is
 * converted; where they do not, the person gives the A-label, which says by itself what is meant.
 */
final class IdnLabels {
  static final String PREFIX = "xn--";

  // What IDNA 2003 maps to other text than UTS 46: sharp s to "ss", final sigma to sigma, ZWNJ, ZWJ
  // and the Mongolian soft hyphen to nothing, and five ideographs to what Unicode 3.2 had wrong
  // (Corrigendum #4). Found by comparing all code points with Node.
  private static final String DEVIATIONS =
      "\u00DF\u03C2\u200C\u200D\u1806"
          + "\uD87E\uDC68\uD87E\uDC74\uD87E\uDD1F\uD87E\uDD5F\uD87E\uDDBF";

  private IdnLabels() {}

  /** Whether this ends a label: the full stop, or one of its three wide forms, RFC 3490 §3.1. */
  static boolean isDot(char c) {
    return c == '.' || c == '\u3002' || c == '\uFF0E' || c == '\uFF61';
  }

  /** ASCII for a label that is not ASCII; perhaps an A-label, not yet checked. */
  static String toAscii(String label) {
    label.codePoints().forEach(IdnLabels::refuseDeviation);
    String shown = "its label " + Quoted.of(label);
    if (isMixed(label)) {
      throw new BadName(
          shown + " mixes composed and decomposed letters; write all composed (normal form C)");
    }
    try {
      return IDN.toASCII(label, 0);
    } catch (IllegalArgumentException e) {
      throw new BadName(
          BidiRule.isSatisfied(label)
              ? shown + " is too long or beyond IDNA 2003, which Java converts by; give the A-label"
              : shown + " is not valid: " + BidiRule.FAULT);
    }
  }

  // Versions of Node differ over a mark that follows a composed letter and composes with its base.
  private static boolean isMixed(String label) {
    StringBuilder mapped = new StringBuilder();
    for (int at = 0; at < label.length(); at += Character.charCount(label.codePointAt(at))) {
      String lower = Character.toString(label.codePointAt(at)).toLowerCase(Locale.ROOT);
      mapped.append(Normalizer.normalize(lower, Form.NFKC));
    }
    return !Normalizer.isNormalized(mapped, Form.NFC) && !Normalizer.isNormalized(mapped, Form.NFD);
  }

  /** Refuses a character that has no one A-label; two of them, the joiners, cannot be seen. */
  static void refuseDeviation(int codePoint) {
    if (DEVIATIONS.indexOf(codePoint) >= 0) {
      throw new BadName(
          "Java (IDNA 2003) and browsers convert "
              + Quoted.codePoint(codePoint)
              + " differently; give the A-label");
    }
  }

  /**
   * Checks an ASCII label in lower case, if it is one that claims to be an A-label.
   *
   * @param given the label as typed, for the message
   */
  static void check(String label, String given) {
    if (label.startsWith(PREFIX)) {
      String decoded = Punycode.decode(label.substring(PREFIX.length()));
      String fault = decoded == null ? "it does not decode" : UnicodeLabel.fault(decoded);
      if (fault != null) {
        throw new BadName("its label " + Quoted.of(given) + " makes no valid A-label: " + fault);
      }
    }
  }
}
