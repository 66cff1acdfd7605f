package dev.devca.ca;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/**
 * What a CA may sign: name constraints, RFC 5280 §4.2.1.10. A type that is not listed there is not
 * limited, so those of devca list every type that a client looks at. Immutable.
 */
final class NameLimits {
  // One address each of those for documents alone, RFC 5737 and RFC 3849.
  private static final GeneralName NO_IPV4 = PermittedNames.range("192.0.2.0");
  private static final GeneralName NO_IPV6 = PermittedNames.range("2001:db8::");
  // RFC 6761 §6.4: never exists. The name that is permitted where none of a type is.
  private static final String NOTHING = "devca.invalid";
  // §4.2.1.10: the address and the mask.
  private static final int IPV4_BYTES = 8;
  private static final int IPV6_BYTES = 32;
  private static final int[] TEXT_TYPES = {
    GeneralName.dNSName, GeneralName.rfc822Name, GeneralName.uniformResourceIdentifier
  };

  private final NameConstraints extension;

  private NameLimits(NameConstraints extension) {
    this.extension = extension;
  }

  /** Those of a certificate. */
  static NameLimits of(NameConstraints extension) {
    return new NameLimits(extension);
  }

  /** Limits to these subtrees and nothing else, of any type. */
  static NameLimits to(List<GeneralName> permitted) {
    List<GeneralName> all = new ArrayList<>(permitted);
    for (int type : TEXT_TYPES) {
      if (permitted.stream().noneMatch(name -> name.getTagNo() == type)) {
        all.add(new GeneralName(type, new DERIA5String(NOTHING)));
      }
    }
    boolean ipv4 = permitted.stream().anyMatch(name -> isRange(name, IPV4_BYTES));
    boolean ipv6 = permitted.stream().anyMatch(name -> isRange(name, IPV6_BYTES));
    if (!ipv4 && !ipv6) {
      return new NameLimits(
          new NameConstraints(
              subtrees(all), subtrees(List.of(everything(IPV4_BYTES), everything(IPV6_BYTES)))));
    }
    // GnuTLS lets in all of a family without a range. To exclude it would end JDK 17 with an index
    // out of bounds at each address of the other family.
    if (!ipv4) {
      all.add(NO_IPV4);
    }
    if (!ipv6) {
      all.add(NO_IPV6);
    }
    return new NameLimits(new NameConstraints(subtrees(all), null));
  }

  /** 0.0.0.0/0 or ::/0. */
  private static GeneralName everything(int bytes) {
    return new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[bytes]));
  }

  private static boolean isRange(GeneralName name, int bytes) {
    return name.getTagNo() == GeneralName.iPAddress
        && ASN1OctetString.getInstance(name.getName()).getOctetsLength() == bytes;
  }

  private static GeneralSubtree[] subtrees(List<GeneralName> names) {
    return names.stream().map(GeneralSubtree::new).toArray(GeneralSubtree[]::new);
  }

  NameConstraints extension() {
    return extension;
  }

  /** Whether an email address can be signed at all. */
  boolean permitEmail() {
    return permitted().anyMatch(name -> name.getTagNo() == GeneralName.rfc822Name);
  }

  private Stream<GeneralName> permitted() {
    GeneralSubtree[] subtrees = extension.getPermittedSubtrees();
    return subtrees == null
        ? Stream.empty()
        : Arrays.stream(subtrees).map(GeneralSubtree::getBase).filter(name -> !isNothing(name));
  }

  private static boolean isNothing(GeneralName name) {
    return name.equals(NO_IPV4)
        || name.equals(NO_IPV6)
        || (name.getName() instanceof ASN1String text && text.getString().equals(NOTHING));
  }

  /** What is permitted, as it is typed. */
  List<String> describe() {
    return permitted().map(NameLimits::describe).toList();
  }

  private static String describe(GeneralName name) {
    if (name.getTagNo() == GeneralName.iPAddress) {
      return network(ASN1OctetString.getInstance(name.getName()).getOctets());
    }
    String text = name.getName() instanceof ASN1String string ? string.getString() : "" + name;
    return switch (name.getTagNo()) {
      case GeneralName.rfc822Name -> text.contains("@") ? text : "@" + text;
      case GeneralName.uniformResourceIdentifier -> "uri://" + text;
      default -> text;
    };
  }

  private static String network(byte[] both) {
    int length = both.length / 2;
    int bits = 0;
    for (int i = length; i < both.length; i++) {
      bits += Integer.bitCount(both[i] & 0xff);
    }
    try {
      String address = InetAddress.getByAddress(Arrays.copyOf(both, length)).getHostAddress();
      String normal = length == 4 ? address : String.valueOf(IpAddresses.ipv6(address));
      return bits == length * 8 ? normal : normal + "/" + bits;
    } catch (UnknownHostException e) {
      return "a malformed range";
    }
  }

  /**
   * Refuses names that no client would accept from this CA.
   *
   * @throws CaException if one is outside; the message lists what is permitted
   */
  void check(List<SubjectAltName> names) throws CaException {
    if (names.isEmpty()) {
      // Java and NSS take a common name for a host's where there is no other name.
      throw new CaException(
          "cannot issue a certificate with a common name alone: this CA may sign only "
              + String.join(", ", describe()),
          "add one of these names");
    }
    PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    if (extension.getPermittedSubtrees() != null) {
      validator.intersectPermittedSubtree(extension.getPermittedSubtrees());
    }
    if (extension.getExcludedSubtrees() != null) {
      Arrays.stream(extension.getExcludedSubtrees()).forEach(validator::addExcludedSubtree);
    }
    for (SubjectAltName name : names) {
      try {
        GeneralName general = CertificateProfile.generalName(name);
        validator.checkPermitted(general);
        validator.checkExcluded(general);
      } catch (NameConstraintValidatorException e) {
        throw new CaException(
            "cannot issue a certificate for "
                + name.value()
                + ": this CA may sign only "
                + String.join(", ", describe()),
            "devca ca create --ca NAME, and issue with that one",
            e);
      }
    }
  }
}
