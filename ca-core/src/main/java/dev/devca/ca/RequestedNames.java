package dev.devca.ca;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * The names that a certification request asks for, read as strictly as those that a person types.
 *
 * @param commonName of its subject
 * @param names of its subject alternative names, in normal form
 * @param notes what was left out
 */
record RequestedNames(Optional<String> commonName, Set<SubjectAltName> names, List<String> notes) {

  static RequestedNames of(Optional<String> commonName, List<GeneralName> asked) {
    Set<SubjectAltName> names = new LinkedHashSet<>();
    List<String> notes = new ArrayList<>();
    for (GeneralName name : asked) {
      Optional<SubjectAltName> read = read(name);
      if (read.isPresent()) {
        names.add(read.get());
      } else {
        notes.add(
            "A name of the request is left out: it is no DNS name, address, email address or URI");
      }
    }
    return new RequestedNames(commonName, names, notes);
  }

  private static Optional<SubjectAltName> read(GeneralName name) {
    return switch (name.getTagNo()) {
      case GeneralName.dNSName -> Optional.of(host(text(name)));
      case GeneralName.iPAddress -> Optional.of(address(name));
      case GeneralName.rfc822Name -> Optional.of(email(text(name)));
      case GeneralName.uniformResourceIdentifier -> Optional.of(uri(text(name)));
      default -> Optional.empty();
    };
  }

  private static String text(GeneralName name) {
    return name.getName() instanceof ASN1String text ? text.getString() : "";
  }

  /** A host name alone: a port, a zone or brackets are for people, not for requests. */
  private static SubjectAltName host(String text) {
    if (text.indexOf(':') >= 0 || text.indexOf('[') >= 0) {
      throw bad(text, "it is no DNS name");
    }
    return one(text, SubjectAltName.DnsName.class, SubjectAltName.IpAddress.class);
  }

  private static SubjectAltName email(String text) {
    return one(text, SubjectAltName.EmailAddress.class);
  }

  private static SubjectAltName uri(String text) {
    List<SubjectAltName> read = NameParser.parse(List.of(text), true).names();
    SubjectAltName last = read.get(read.size() - 1);
    if (!(last instanceof SubjectAltName.Uri)) {
      throw bad(text, "it is no URI");
    }
    return last;
  }

  private static SubjectAltName address(GeneralName name) {
    byte[] bytes = ASN1OctetString.getInstance(name.getName()).getOctets();
    StringBuilder text = new StringBuilder();
    if (bytes.length == 4) {
      for (byte octet : bytes) {
        text.append(text.isEmpty() ? "" : ".").append(octet & 0xff);
      }
    } else if (bytes.length == 16) {
      for (int i = 0; i < bytes.length; i += 2) {
        text.append(i == 0 ? "" : ":")
            .append(Integer.toHexString((bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff)));
      }
    } else {
      throw new BadName("an address has 4 or 16 bytes, not " + bytes.length);
    }
    return one(text.toString(), SubjectAltName.IpAddress.class);
  }

  @SafeVarargs
  private static SubjectAltName one(String text, Class<? extends SubjectAltName>... kinds) {
    // A URL is no name of these kinds, and the parser would take its host.
    if (text.indexOf('/') < 0) {
      SubjectAltName name = NameParser.parse(List.of(text), false).names().get(0);
      for (Class<? extends SubjectAltName> kind : kinds) {
        if (kind.isInstance(name)) {
          return name;
        }
      }
    }
    throw bad(text, "it is not of the kind that the request says");
  }

  private static BadName bad(String text, String why) {
    return new BadName("cannot use the name " + Quoted.of(text) + ": " + why);
  }

  /** What a leaf for these names and uses says. */
  LeafRequest leafRequest(Set<LeafRequest.Use> uses) {
    if (!uses.contains(LeafRequest.Use.SERVER)) {
      return forClient(uses);
    }
    Set<SubjectAltName> all = new LinkedHashSet<>(names);
    Optional<SubjectAltName> common = Optional.empty();
    if (names.isEmpty()) {
      common = commonName.map(name -> NameParser.parse(List.of(name), false).names().get(0));
      common.ifPresent(all::add);
    } else {
      common =
          names.stream().filter(name -> commonName.equals(Optional.of(name.value()))).findFirst();
    }
    if (all.isEmpty()) {
      throw new BadName("it names nothing");
    }
    List<String> said = new ArrayList<>(notes);
    if (common.isEmpty() && commonName.isPresent()) {
      said.add(
          "The common name "
              + Quoted.of(commonName.get())
              + " of the request is left out: it is none of its names");
    }
    LeafRequest request = LeafRequest.of(new Names(List.copyOf(all), said), uses);
    return common.isEmpty() || common.get().value().length() > CommonName.LIMIT
        ? request
        : request.withCommonName(common.get().value());
  }

  private LeafRequest forClient(Set<LeafRequest.Use> uses) {
    if (names.isEmpty() && commonName.isEmpty()) {
      throw new BadName("it names nothing");
    }
    LeafRequest request = LeafRequest.of(new Names(List.copyOf(names), notes), uses);
    return commonName.isEmpty() ? request : request.withCommonName(commonName.get());
  }
}
