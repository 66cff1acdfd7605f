package dev.devca.ca;

import dev.devca.ca.SubjectAltName.DnsName;
import dev.devca.ca.SubjectAltName.IpAddress;
import dev.devca.ca.SubjectAltName.Uri;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** URLs, which name a host, and URIs, RFC 3986, which can stand in a certificate themselves. */
final class Uris {
  private static final String URN = "urn:";

  // Schemes whose authority is a host that a TLS client connects to, each with what it is called
  // without TLS. Of all others the authority may be anything: a trust domain, a bucket, a package.
  private static final Set<String> SCHEMES_OF_HOSTS =
      Set.of(
          "http",
          "https",
          "ws",
          "wss",
          "grpc",
          "grpcs",
          "ftp",
          "ftps",
          "ldap",
          "ldaps",
          "mqtt",
          "mqtts",
          "amqp",
          "amqps",
          "redis",
          "rediss",
          "postgres",
          "postgresql",
          "mysql",
          "tcp",
          "tls");

  private Uris() {}

  static boolean isUri(String text) {
    return text.contains("://") || text.regionMatches(true, 0, URN, 0, URN.length());
  }

  /**
   * Reads a URL or URN.
   *
   * @param keepUri whether the certificate names the URI itself
   * @return the host of a URL; then the URI, if it is kept
   */
  static List<SubjectAltName> read(String text, boolean keepUri) {
    int slashes = text.indexOf("://");
    if (slashes < 0) {
      checkKept(keepUri);
      return List.of(urn(text));
    }
    String scheme = scheme(text.substring(0, slashes));
    int end = endOfAuthority(text, slashes + 3);
    String authority = text.substring(slashes + 3, end);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    if (host.isEmpty() || (host.startsWith(":") && !host.startsWith("::"))) {
      throw new BadName("it is a URL without a host");
    }
    if (keepUri && host.length() < authority.length()) {
      throw new BadName("a certificate is public, and this URI holds a user; leave the user out");
    }
    String rest = text.substring(end);
    if (SCHEMES_OF_HOSTS.contains(scheme)) {
      return host(scheme, host, rest, keepUri);
    }
    checkKept(keepUri);
    return List.of(uri(scheme, authority(host), rest));
  }

  private static void checkKept(boolean keepUri) {
    if (!keepUri) {
      throw new BadName("a URI of this kind names no host; add --uri to name the URI itself");
    }
  }

  static int endOfAuthority(String text, int start) {
    int end = start;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** RFC 3986 §2.3. */
  static boolean isUnreserved(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
  }

  private static List<SubjectAltName> host(
      String scheme, String hostAndPort, String rest, boolean keepUri) {
    int colon = hostAndPort.indexOf(':', hostAndPort.lastIndexOf(']') + 1);
    if (!hostAndPort.startsWith("[") && hostAndPort.lastIndexOf(':') != colon) {
      throw new BadName("an IPv6 address in a URL stands in brackets");
    }
    SubjectAltName host = Hosts.read(hostAndPort);
    if (!keepUri) {
      return List.of(host);
    }
    if (host instanceof DnsName && host.value().startsWith("*")) {
      throw new BadName("a URI names one host, not a wildcard");
    }
    boolean brackets = host instanceof IpAddress && host.value().indexOf(':') >= 0;
    String normal = brackets ? "[" + host.value() + "]" : host.value();
    String port = colon < 0 ? "" : hostAndPort.substring(colon);
    return List.of(host, uri(scheme, normal + port, rest));
  }

  private static Uri uri(String scheme, String authority, String rest) {
    checkPath(rest);
    return new Uri(scheme + "://" + authority + rest);
  }

  // RFC 8141 §2, and its normal form §3.1
  private static Uri urn(String text) {
    int colon = text.indexOf(':', URN.length());
    String space = colon < 0 ? "" : text.substring(URN.length(), colon).toLowerCase(Locale.ROOT);
    boolean good = space.length() >= 2 && space.length() <= 32 && colon + 1 < text.length();
    for (int i = 0; i < space.length(); i++) {
      good &= isUnreserved(space.charAt(i)) && "._~".indexOf(space.charAt(i)) < 0;
    }
    if (!good || space.startsWith("-") || space.endsWith("-")) {
      throw new BadName("it is no URN; give urn:<namespace>:<name>");
    }
    checkPath(text.substring(colon + 1));
    return new Uri(URN + space + text.substring(colon));
  }

  // RFC 3986 §3.1
  private static String scheme(String text) {
    String scheme = text.toLowerCase(Locale.ROOT);
    boolean good = !scheme.isEmpty() && scheme.charAt(0) >= 'a' && scheme.charAt(0) <= 'z';
    for (int i = 0; i < scheme.length(); i++) {
      char c = scheme.charAt(i);
      good &= c == '+' || (isUnreserved(c) && c != '_' && c != '~');
    }
    if (!good) {
      throw new BadName(Quoted.of(text) + " is no scheme of a URL");
    }
    return scheme;
  }

  // Narrower than RFC 3986 §3.2: what SPIFFE IDs and their like use. Case means nothing (§6.2.2.1).
  private static String authority(String text) {
    int colon = text.indexOf(':');
    boolean good = colon < 0 || Hosts.isPort(text.substring(colon + 1));
    for (int i = 0; i < (colon < 0 ? text.length() : colon); i++) {
      good &= isUnreserved(text.charAt(i));
    }
    if (!good) {
      throw new BadName(Quoted.of(text) + " is no authority of a URI");
    }
    // sun.security.x509.URIName takes it for a host with an empty label, and the certificate for
    // bad.
    if (text.endsWith(".") || text.contains(".:")) {
      throw new BadName("Java reads no certificate with a dot at the end of a URI's host");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  // RFC 3986 §3.3 to §3.5
  private static void checkPath(String text) {
    boolean fragment = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean good =
          isUnreserved(c) || "!$&'()*+,;=:@/?".indexOf(c) >= 0 || (c == '#' && !fragment);
      if (c == '%') {
        good = i + 2 < text.length() && isHex(text, i + 1) && isHex(text, i + 2);
      }
      if (!good) {
        throw new BadName(
            Quoted.of(Character.toString(text.codePointAt(i)))
                + " cannot stand in a URI as it is; write it percent-encoded");
      }
      fragment |= c == '#';
    }
  }

  private static boolean isHex(String text, int at) {
    return IpAddresses.number(text.substring(at, at + 1), 16, 16) >= 0;
  }
}
