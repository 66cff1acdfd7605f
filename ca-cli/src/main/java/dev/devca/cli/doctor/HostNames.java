package dev.devca.cli.doctor;

import dev.devca.ca.LeafRequest;
import dev.devca.ca.SubjectAltName;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The names of a certificate, and whether one of them is the host's: RFC 9525. */
final class HostNames {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;

  private HostNames() {}

  /** The DNS names and addresses, as text. */
  static List<String> of(X509Certificate leaf) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> entries = leaf.getSubjectAlternativeNames();
      if (entries != null) {
        for (List<?> entry : entries) {
          if (entry.get(1) instanceof String text
              && (entry.get(0).equals(DNS) || entry.get(0).equals(ADDRESS))) {
            names.add(entry.get(0).equals(ADDRESS) ? normal(text) : text);
          }
        }
      }
    } catch (CertificateParsingException e) {
      // No client can read names from it either.
      return List.of();
    }
    return names;
  }

  /** The JDK writes an IPv6 address with all its zeros. */
  private static String normal(String address) {
    try {
      return LeafRequest.forNames(address).names().get(0).value();
    } catch (IllegalArgumentException e) {
      return address;
    }
  }

  static boolean match(X509Certificate leaf, SubjectAltName host) {
    return of(leaf).stream().anyMatch(name -> matches(name, host));
  }

  private static boolean matches(String name, SubjectAltName host) {
    String value = host.value();
    if (name.equalsIgnoreCase(value)) {
      return true;
    }
    int dot = value.indexOf('.');
    // A wildcard stands for one label, the leftmost.
    return host instanceof SubjectAltName.DnsName
        && name.startsWith("*.")
        && dot > 0
        && name.substring(1).toLowerCase(Locale.ROOT).equals(value.substring(dot));
  }
}
