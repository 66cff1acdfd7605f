package dev.devca.ca;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * The common name of a subject, X.520 §6.2.2: by it people know a CA, and some servers a client.
 */
final class CommonName {
  /** RFC 5280 appendix A.1, ub-common-name: OpenSSL refuses more. */
  static final int LIMIT = 64;

  private CommonName() {}

  /** The common name of a certificate's subject, if it has one. */
  static Optional<String> of(X509Certificate certificate) {
    X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    return Stream.of(subject.getRDNs(BCStyle.CN))
        .map(rdn -> rdn.getFirst().getValue())
        .filter(ASN1String.class::isInstance)
        .map(value -> ((ASN1String) value).getString())
        .findFirst();
  }

  /**
   * The same name.
   *
   * @param what whose name it is, for the message
   * @throws IllegalArgumentException if no certificate should hold it; the message says why
   */
  static String checked(String what, String name) {
    if (name.isBlank() || name.codePointCount(0, name.length()) > LIMIT) {
      throw new IllegalArgumentException(what + " has 1 to " + LIMIT + " characters");
    }
    if (!name.codePoints().allMatch(Quoted::isPrintable)) {
      throw new IllegalArgumentException(what + " has printable characters only");
    }
    return name;
  }
}
