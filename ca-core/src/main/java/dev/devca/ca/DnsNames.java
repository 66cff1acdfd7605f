package dev.devca.ca;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** DNS names: RFC 1123 §2.1 host names, with underscores and one {@code *} at the front. */
final class DnsNames {
  private static final int LONGEST_LABEL = 63; // RFC 1035 §2.3.4
  private static final int LONGEST_NAME = 253; // the 255 octets of RFC 1035 as text

  private DnsNames() {}

  /**
   * Reads a name without its trailing dot.
   *
   * @return lower case A-labels
   */
  static String read(String name) {
    StringBuilder normal = new StringBuilder(name.length());
    boolean wildcard = false;
    int labels = 0;
    for (int start = 0; start <= name.length(); labels++) {
      int end = start;
      while (end < name.length() && !IdnLabels.isDot(name.charAt(end))) {
        end++;
      }
      String label = name.substring(start, end);
      if (labels == 0 && label.equals("*")) {
        wildcard = true;
      } else {
        label = label(label);
      }
      normal.append(labels == 0 ? "" : ".").append(label);
      start = end + 1;
    }
    String result = normal.toString();
    if (wildcard && labels < 3) {
      throw new BadName("a wildcard needs at least two labels after it");
    }
    if (result.length() > LONGEST_NAME) {
      throw new BadName("it is longer than " + LONGEST_NAME + " characters");
    }
    if (endsInNumber(result)) {
      String meant = IpAddresses.meant(result);
      throw new BadName(
          "its last label is a number, but it is no IPv4 address"
              + (meant == null ? "" : "; did you mean " + meant + "?"));
    }
    return result;
  }

  /** The name without the dot that makes it absolute. */
  static String withoutTrailingDot(String name) {
    int last = name.length() - 1;
    return last > 0 && IdnLabels.isDot(name.charAt(last)) ? name.substring(0, last) : name;
  }

  private static String label(String given) {
    if (given.isEmpty()) {
      throw new BadName("it has an empty label");
    }
    String label = isAscii(given) ? given.toLowerCase(Locale.ROOT) : IdnLabels.toAscii(given);
    String fault = fault(label);
    if (fault != null) {
      throw new BadName(fault);
    }
    IdnLabels.check(label, given);
    return label;
  }

  private static @Nullable String fault(String label) {
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      if (c == '*') {
        return "a wildcard is the whole first label, and only there";
      }
      if (c == ',' || c == ';') {
        return "\"" + c + "\" cannot stand in a DNS name; give each name as an argument of its own";
      }
      boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && c != '-' && c != '_') {
        return Quoted.of(String.valueOf(c)) + " cannot stand in a DNS name";
      }
    }
    if (label.startsWith("-") || label.endsWith("-")) {
      return "its label " + Quoted.of(label) + " starts or ends with a hyphen";
    }
    return label.length() > LONGEST_LABEL
        ? "its label " + Quoted.of(label) + " is longer than " + LONGEST_LABEL + " characters"
        : null;
  }

  // What URLs take for an IPv4 address or refuse:
  // https://url.spec.whatwg.org/#ends-in-a-number-checker
  private static boolean endsInNumber(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    boolean hex = last.startsWith("0x");
    for (int i = hex ? 2 : 0; i < last.length(); i++) {
      if (Character.digit(last.charAt(i), hex ? 16 : 10) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
