package dev.devca.ca;

import org.jspecify.annotations.Nullable;

/**
 * Literal addresses, read strictly and without a look-up: dotted decimal for IPv4, RFC 4291 §2.2
 * for IPv6; and their one text form, RFC 5952.
 */
final class IpAddresses {
  private static final int GROUPS = 8;

  private IpAddresses() {}

  /** Whether this is four decimal octets. Leading zeros are octal to some readers: no octets. */
  static boolean isIpv4(String text) {
    return ipv4(text, 0) >= 0;
  }

  /** The normal form of an IPv6 literal, which is an IPv4 address for an IPv4-mapped one. */
  static @Nullable String ipv6(String text) {
    int[] groups = groups(text);
    if (groups == null) {
      return null;
    }
    boolean mapped = groups[5] == 0xffff;
    for (int i = 0; i < 5; i++) {
      mapped &= groups[i] == 0;
    }
    return mapped ? dotted(((long) groups[6] << 16) | groups[7]) : text(groups);
  }

  /**
   * What somebody means by a number that is no address: leading zeros dropped ({@code 010.0.0.1}),
   * octets in hexadecimal, or a short form of the loopback address ({@code 127.1}) as inet_aton
   * reads it. Other short forms are more often versions and ports.
   */
  static @Nullable String meant(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length > 4) {
      return null;
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean hex = parts[i].startsWith("0x");
      String digits = hex ? parts[i].substring(2) : parts[i];
      int bits = i < parts.length - 1 ? 8 : 8 * (5 - parts.length);
      long value = number(digits, hex ? 16 : 10, 1L << bits);
      if (value < 0) {
        return null;
      }
      address = (address << bits) | value;
    }
    return parts.length == 4 || address >> 24 == 127 ? dotted(address) : null;
  }

  private static long ipv4(String text, int from) {
    long address = 0;
    int octets = 0;
    for (int start = from; start <= text.length(); octets++) {
      int dot = text.indexOf('.', start);
      int end = dot < 0 ? text.length() : dot;
      if ((end - start > 1 && text.charAt(start) == '0') || end - start > 3) {
        return -1;
      }
      long octet = number(text.substring(start, end), 10, 256);
      if (octet < 0 || octets == 4) {
        return -1;
      }
      address = (address << 8) | octet;
      start = end + 1;
    }
    return octets == 4 ? address : -1;
  }

  private static int @Nullable [] groups(String text) {
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = -1;
    int at = 0;
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < text.length()) {
      int colon = text.indexOf(':', at);
      int end = colon < 0 ? text.length() : colon;
      if (colon < 0 && text.indexOf('.', at) >= 0) {
        long address = ipv4(text, at);
        if (address < 0 || count > GROUPS - 2) {
          return null;
        }
        groups[count++] = (int) (address >> 16);
        groups[count++] = (int) (address & 0xffff);
        break;
      }
      long group = end - at > 4 ? -1 : number(text.substring(at, end), 16, 0x10000);
      if (group < 0 || count == GROUPS) {
        return null;
      }
      groups[count++] = (int) group;
      at = end + 1;
      if (at < text.length() && text.charAt(at) == ':') {
        if (gap >= 0) {
          return null;
        }
        gap = count;
        at++;
      } else if (at == text.length()) {
        return null; // a single colon at the end
      }
    }
    if (gap < 0 ? count < GROUPS : count == GROUPS) {
      return null;
    }
    int before = gap < 0 ? count : gap;
    int[] spread = new int[GROUPS];
    System.arraycopy(groups, 0, spread, 0, before);
    System.arraycopy(groups, before, spread, GROUPS - (count - before), count - before);
    return spread;
  }

  // RFC 5952 §4: lower case, no leading zeros, "::" for the first longest run of two zeros or more.
  private static String text(int[] groups) {
    int gap = -1;
    int longest = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = 0;
      while (i + run < GROUPS && groups[i + run] == 0) {
        run++;
      }
      if (run > longest) {
        gap = i;
        longest = run;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap) {
        text.append("::");
        i += longest - 1;
      } else {
        boolean first = i == 0 || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  private static String dotted(long address) {
    StringBuilder text = new StringBuilder();
    for (int shift = 24; shift >= 0; shift -= 8) {
      text.append((address >> shift) & 0xff).append(shift == 0 ? "" : ".");
    }
    return text.toString();
  }

  /** A number below a bound, or -1. ASCII digits only, without the signs that the JDK reads. */
  static long number(String digits, int radix, long bound) {
    long value = digits.isEmpty() ? -1 : 0;
    for (int i = 0; i < digits.length() && value >= 0; i++) {
      char c = digits.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      value = digit < 0 ? -1 : value * radix + digit;
      value = value < bound ? value : -1;
    }
    return value;
  }
}
