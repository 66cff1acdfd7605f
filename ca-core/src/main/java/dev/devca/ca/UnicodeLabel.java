package dev.devca.ca;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a decoded A-label may hold: the validity criteria of UTS 46 §4.1 as URLs use them (no
 * transitional processing; contextual joiners and RFC 5893 checked), from the JDK's own tables.
 * Characters younger than the JDK's Unicode are refused.
 */
final class UnicodeLabel {
  // Not converted to anything else, and yet not allowed: fillers, inherent vowels, the Mongolian
  // soft hyphen, the full stop of Chinese, ideographic subtraction, replacement characters. The
  // rest goes by its category.
  private static final String DISALLOWED =
      "\u034F\u115F\u1160\u17B4\u17B5\u1806\u3002\u31EF\uFFFC\uFFFD";

  private UnicodeLabel() {}

  /** Why a label that is not ASCII is not valid; null if it is. */
  static @Nullable String fault(String label) {
    int first = label.codePointAt(0);
    if (isMark(first)) {
      return Quoted.codePoint(first) + " cannot come first";
    }
    if (label.startsWith("-") || label.endsWith("-")) {
      return "it starts or ends with a hyphen";
    }
    if (label.startsWith(IdnLabels.PREFIX)) {
      return "it begins with xn-- twice";
    }
    for (int at = 0; at < label.length(); at += Character.charCount(label.codePointAt(at))) {
      int codePoint = label.codePointAt(at);
      boolean joiner = codePoint == '\u200C' || codePoint == '\u200D';
      if (joiner ? !Joiners.isAllowed(label, at) : codePoint >= 0x80 && !isValid(codePoint)) {
        return Quoted.codePoint(codePoint) + " cannot stand in it";
      }
    }
    if (!Normalizer.isNormalized(label, Normalizer.Form.NFC)) {
      return "it is not in normal form C";
    }
    return BidiRule.isSatisfied(label) ? null : BidiRule.FAULT;
  }

  static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static boolean isValid(int codePoint) {
    if (codePoint == '\u00DF' || codePoint == '\u03C2' || codePoint == '\u0131') {
      return true; // valid, though their upper case leads elsewhere
    }
    return Quoted.isPrintable(codePoint)
        && DISALLOWED.indexOf(codePoint) < 0
        && !isVariationSelector(codePoint)
        && !isIdeographicDescription(codePoint)
        && isFolded(codePoint);
  }

  private static boolean isFolded(int codePoint) {
    String text = Character.toString(codePoint);
    if (!Normalizer.isNormalized(text, Normalizer.Form.NFKC)) {
      return false;
    }
    if (UnicodeScript.of(codePoint) == UnicodeScript.CHEROKEE) {
      return !Character.isLowerCase(codePoint); // the one script that folds to upper case
    }
    String folded = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return text.equals(Normalizer.normalize(folded, Normalizer.Form.NFC));
  }

  private static boolean isVariationSelector(int codePoint) {
    return (codePoint >= 0x180B && codePoint <= 0x180F)
        || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
        || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
  }

  private static boolean isIdeographicDescription(int codePoint) {
    return codePoint >= 0x2FF0 && codePoint <= 0x2FFF;
  }
}
