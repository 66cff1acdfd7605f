package dev.devca.ca;

import org.jspecify.annotations.Nullable;

/**
 * Decodes A-labels, RFC 3492 §6.2. The JDK's decoder gives up on labels that IDNA 2003 would write
 * differently, such as {@code xn--strae-oqa}.
 */
final class Punycode {
  // RFC 3492 §5
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 0x80;

  private Punycode() {}

  /**
   * Decodes what follows {@code xn--}. Each text has one encoding: a result encodes to {@code
   * encoded} again.
   *
   * @param encoded lower case ASCII, a label's length at most
   * @return the text, with at least one character that is not ASCII; null if there is none
   */
  static @Nullable String decode(String encoded) {
    int delimiter = encoded.lastIndexOf('-');
    // Encoders write no delimiter without ASCII before it, and something after it.
    if (delimiter == 0 || delimiter == encoded.length() - 1) {
      return null;
    }
    StringBuilder text = new StringBuilder(encoded.substring(0, Math.max(delimiter, 0)));
    int count = text.length();
    int at = delimiter + 1;
    long n = INITIAL_N;
    long i = 0;
    int bias = INITIAL_BIAS;
    while (at < encoded.length()) {
      long start = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = at < encoded.length() ? digit(encoded.charAt(at++)) : -1;
        i += digit * weight;
        if (digit < 0 || i > Integer.MAX_VALUE) {
          return null;
        }
        int threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
        if (digit < threshold) {
          break;
        }
        weight *= BASE - threshold;
        if (weight > Integer.MAX_VALUE) {
          return null;
        }
      }
      count++;
      bias = adapt(i - start, count, start == 0);
      n += i / count;
      i %= count;
      // Two halves side by side would read as one character.
      if (n > Character.MAX_CODE_POINT || Character.getType((int) n) == Character.SURROGATE) {
        return null;
      }
      text.insert(text.offsetByCodePoints(0, (int) i), Character.toChars((int) n));
      i++;
    }
    return text.length() == 0 ? null : text.toString();
  }

  private static int digit(char c) {
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
  }

  // RFC 3492 §6.1
  private static int adapt(long delta, int count, boolean first) {
    long rest = first ? delta / DAMP : delta / 2;
    rest += rest / count;
    int k = 0;
    for (; rest > (BASE - T_MIN) * T_MAX / 2; k += BASE) {
      rest /= BASE - T_MIN;
    }
    return k + (int) ((BASE - T_MIN + 1) * rest / (rest + SKEW));
  }
}
