package dev.devca.ca;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;

/** Reads what a constrained CA may sign as people type it, into the subtrees of RFC 5280. */
final class PermittedNames {
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  private PermittedNames() {}

  /**
   * Reads a list.
   *
   * @param arguments DNS names, which stand for what is below them too; addresses and networks;
   *     {@code @host} or one mailbox; {@code scheme://host}
   * @throws IllegalArgumentException if one is bad, with a message of one line
   */
  static List<GeneralName> parse(List<String> arguments) {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("cannot permit nothing: no names were given");
    }
    List<GeneralName> names = new ArrayList<>();
    for (String argument : arguments) {
      GeneralName name;
      try {
        name = read(argument);
      } catch (BadName e) {
        throw new IllegalArgumentException(
            "cannot permit " + Quoted.of(argument) + ": " + e.getMessage());
      }
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  /** One address, or a network. */
  static GeneralName range(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    boolean ipv4 = IpAddresses.isIpv4(address);
    int bits = ipv4 ? IPV4_BITS : IPV6_BITS;
    return network(address, ipv4, slash < 0 ? bits : prefix(text.substring(slash + 1), bits));
  }

  private static GeneralName read(String argument) {
    int scheme = argument.indexOf("://");
    if (scheme > 0) {
      String host = argument.substring(scheme + 3);
      return text(GeneralName.uniformResourceIdentifier, dnsName(host, "a URI's host"));
    }
    if (argument.startsWith("@")) {
      return text(GeneralName.rfc822Name, dnsName(argument.substring(1), "a mail domain"));
    }
    if (argument.indexOf('@') > 0) {
      return text(GeneralName.rfc822Name, Mailboxes.read(argument).value());
    }
    if (argument.indexOf(':') >= 0 || IpAddresses.isIpv4(argument.replaceFirst("/.*", ""))) {
      return range(argument);
    }
    return text(GeneralName.dNSName, dnsName(argument, "a name"));
  }

  /**
   * A wildcard would make OpenSSL refuse every leaf, and a leading dot shuts the name itself out.
   */
  private static String dnsName(String text, String what) {
    if (text.startsWith("*.") || text.startsWith(".")) {
      throw new BadName(
          what + " stands for all names below it: write " + text.substring(text.indexOf('.') + 1));
    }
    if (!(Hosts.read(text) instanceof SubjectAltName.DnsName dns)) {
      throw new BadName(what + " is no IP address");
    }
    return dns.value();
  }

  private static int prefix(String digits, int most) {
    long bits = IpAddresses.number(digits, 10, most + 1L);
    if (bits < 0) {
      throw new BadName("a network ends in / and a number of bits from 0 to " + most);
    }
    return (int) bits;
  }

  private static GeneralName network(String address, boolean ipv4, int bits) {
    @Nullable String normal = ipv4 ? address : IpAddresses.ipv6(address);
    if (normal == null || (!ipv4 && normal.indexOf(':') < 0)) {
      throw new BadName("it is no IPv6 address");
    }
    GeneralName name = new GeneralName(GeneralName.iPAddress, address);
    byte[] octets = ASN1OctetString.getInstance(name.getName()).getOctets();
    byte[] both = Arrays.copyOf(octets, 2 * octets.length);
    for (int i = 0; i < 8 * octets.length; i++) {
      int bit = 0x80 >> (i % 8);
      if (i < bits) {
        both[octets.length + i / 8] |= (byte) bit;
      } else if ((octets[i / 8] & bit) != 0) {
        throw new BadName("the address of a network has no bits behind the first " + bits);
      }
    }
    return new GeneralName(GeneralName.iPAddress, new DEROctetString(both));
  }

  private static GeneralName text(int type, String value) {
    return new GeneralName(type, new DERIA5String(value));
  }
}
