package dev.devca.ca;

/** RFC 3492 §6.3, to make A-labels of anything: also of what no encoder should be given. */
final class PunycodeEncoder {
  private PunycodeEncoder() {}

  static String encode(String text) {
    int[] input = text.codePoints().toArray();
    StringBuilder output = new StringBuilder();
    text.codePoints().filter(c -> c < 0x80).forEach(output::appendCodePoint);
    int basic = output.length();
    if (basic > 0) {
      output.append('-');
    }
    int next = 0x80;
    int delta = 0;
    int bias = 72;
    for (int handled = basic; handled < input.length; next++, delta++) {
      int lowest = Integer.MAX_VALUE;
      for (int c : input) {
        lowest = c >= next ? Math.min(lowest, c) : lowest;
      }
      delta += (lowest - next) * (handled + 1);
      next = lowest;
      for (int c : input) {
        if (c < next) {
          delta++;
        } else if (c == next) {
          appendInteger(output, delta, bias);
          handled++;
          bias = adapt(delta, handled, handled == basic + 1);
          delta = 0;
        }
      }
    }
    return output.toString();
  }

  private static void appendInteger(StringBuilder output, int value, int bias) {
    int rest = value;
    for (int k = 36; ; k += 36) {
      int threshold = Math.max(1, Math.min(26, k - bias));
      if (rest < threshold) {
        output.append(digit(rest));
        return;
      }
      output.append(digit(threshold + (rest - threshold) % (36 - threshold)));
      rest = (rest - threshold) / (36 - threshold);
    }
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }

  private static int adapt(int delta, int count, boolean first) {
    int rest = first ? delta / 700 : delta / 2;
    rest += rest / count;
    int k = 0;
    for (; rest > 455; k += 36) {
      rest /= 35;
    }
    return k + 36 * rest / (rest + 38);
  }
}
