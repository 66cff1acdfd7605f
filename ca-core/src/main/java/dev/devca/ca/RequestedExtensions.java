package dev.devca.ca;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * What a certification request asks for in its extensions. Names and TLS purposes are taken; all
 * others are only named, so that nothing is left out unsaid.
 *
 * @param names the subject alternative names
 * @param uses for TLS servers, clients or both
 * @param leftOut what no leaf gets
 */
record RequestedExtensions(
    List<GeneralName> names, Set<LeafRequest.Use> uses, Set<String> leftOut) {

  static RequestedExtensions of(PKCS10CertificationRequest request) {
    Extensions asked = request.getRequestedExtensions();
    Set<String> leftOut = new LinkedHashSet<>();
    if (asked == null) {
      return new RequestedExtensions(List.of(), EnumSet.of(LeafRequest.Use.SERVER), leftOut);
    }
    for (ASN1ObjectIdentifier oid : asked.getExtensionOIDs()) {
      describe(asked, oid).ifPresent(leftOut::add);
    }
    GeneralNames names = GeneralNames.fromExtensions(asked, Extension.subjectAlternativeName);
    return new RequestedExtensions(
        names == null ? List.of() : List.of(names.getNames()), uses(asked, leftOut), leftOut);
  }

  /** The extension, if it asks for what a leaf has not. */
  private static Optional<String> describe(Extensions asked, ASN1ObjectIdentifier oid) {
    if (oid.equals(Extension.basicConstraints)) {
      return BasicConstraints.fromExtensions(asked).isCA()
          ? Optional.of("that it is a CA")
          : Optional.empty();
    }
    if (oid.equals(Extension.keyUsage)) {
      KeyUsage usage = KeyUsage.fromExtensions(asked);
      return usage.hasUsages(KeyUsage.keyCertSign) || usage.hasUsages(KeyUsage.cRLSign)
          ? Optional.of("signing certificates")
          : Optional.empty();
    }
    boolean known =
        oid.equals(Extension.subjectAlternativeName)
            || oid.equals(Extension.extendedKeyUsage)
            || oid.equals(Extension.subjectKeyIdentifier);
    return known ? Optional.empty() : Optional.of("the extension " + oid);
  }

  private static Set<LeafRequest.Use> uses(Extensions asked, Set<String> leftOut) {
    EnumSet<LeafRequest.Use> uses = EnumSet.noneOf(LeafRequest.Use.class);
    ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(asked);
    for (KeyPurposeId purpose : purposes == null ? new KeyPurposeId[0] : purposes.getUsages()) {
      if (purpose.equals(KeyPurposeId.id_kp_serverAuth)) {
        uses.add(LeafRequest.Use.SERVER);
      } else if (purpose.equals(KeyPurposeId.id_kp_clientAuth)) {
        uses.add(LeafRequest.Use.CLIENT);
      } else if (!purpose.equals(KeyPurposeId.id_kp_emailProtection)) {
        leftOut.add("the purpose " + purpose.getId());
      }
    }
    return uses.isEmpty() ? EnumSet.of(LeafRequest.Use.SERVER) : uses;
  }

  /** What the request asks for and does not get, as whole sentences. */
  List<String> notes(X500Name subject) {
    List<String> notes = new ArrayList<>();
    for (ASN1ObjectIdentifier type : subject.getAttributeTypes()) {
      if (!type.equals(BCStyle.CN)) {
        notes.add("Of the request's subject only the common name is used");
        break;
      }
    }
    if (!leftOut.isEmpty()) {
      notes.add("The request asks for more, which is left out: " + String.join(", ", leftOut));
    }
    return notes;
  }
}
