package dev.devca.ca;

import dev.devca.ca.SubjectAltName.DnsName;
import dev.devca.ca.SubjectAltName.IpAddress;

/** Hosts as people write them: a DNS name or an address, perhaps with a port or a zone. */
final class Hosts {
  private static final int PORTS = 65536;

  private Hosts() {}

  /** Reads a host; {@code host:port}, {@code [v6]:port} and {@code v6%zone} are the host alone. */
  static SubjectAltName read(String text) {
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      if (close < 0) {
        throw new BadName("the bracket at its start is never closed");
      }
      checkPort(text.substring(close + 1));
      return ipv6(text.substring(1, close));
    }
    int colon = text.indexOf(':');
    if (colon >= 0 && text.indexOf(':', colon + 1) >= 0) {
      return ipv6(text);
    }
    String host = text;
    if (colon >= 0) {
      checkPort(text.substring(colon));
      host = text.substring(0, colon);
    }
    String name = DnsNames.withoutTrailingDot(host);
    return IpAddresses.isIpv4(name) ? new IpAddress(name) : new DnsName(DnsNames.read(name));
  }

  private static void checkPort(String colonAndPort) {
    boolean port = colonAndPort.startsWith(":") && isPort(colonAndPort.substring(1));
    if (!port && !colonAndPort.isEmpty()) {
      throw new BadName(Quoted.of(colonAndPort) + " is no port");
    }
  }

  static boolean isPort(String text) {
    return IpAddresses.number(text, 10, PORTS) >= 0;
  }

  private static SubjectAltName ipv6(String text) {
    int percent = text.indexOf('%');
    String address = IpAddresses.ipv6(percent < 0 ? text : text.substring(0, percent));
    if (address == null) {
      throw new BadName("it is no IPv6 address");
    }
    if (percent >= 0) {
      checkZone(text.substring(percent + 1));
    }
    return new IpAddress(address);
  }

  // RFC 4007 §11.2 leaves the form of a zone to the system; RFC 6874 §2 names what URLs allow.
  private static void checkZone(String zone) {
    boolean good = !zone.isEmpty();
    for (int i = 0; i < zone.length(); i++) {
      good &= Uris.isUnreserved(zone.charAt(i));
    }
    if (!good) {
      throw new BadName("its zone " + Quoted.of(zone) + " is no name of a network interface");
    }
  }
}
