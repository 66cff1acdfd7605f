package dev.devca.ca;

import static org.bouncycastle.asn1.ASN1Encoding.DER;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A certificate that is not signed yet, RFC 5280 §4.1. What is signed is encoded once, and stands
 * in the certificate as it was signed. For one thread.
 */
final class CertificateDraft {
  private static final int V3 = 2;

  private final byte[] issuer;
  private final BigInteger serial;
  private final Validity validity;
  private final byte[] subject;
  private final SubjectPublicKeyInfo key;
  private final List<byte[]> extensions = new ArrayList<>();

  /** Without extensions yet; the names are DER. */
  CertificateDraft(
      byte[] issuer,
      BigInteger serial,
      Validity validity,
      byte[] subject,
      SubjectPublicKeyInfo key) {
    this.issuer = issuer;
    this.serial = serial;
    this.validity = validity;
    this.subject = subject;
    this.key = key;
  }

  void add(ASN1ObjectIdentifier extension, boolean critical, ASN1Encodable value)
      throws IOException {
    byte[] encoded = Der.element(BERTags.OCTET_STRING, value.toASN1Primitive().getEncoded(DER));
    extensions.add(
        critical
            ? Der.sequence(extension.getEncoded(), ASN1Boolean.TRUE.getEncoded(), encoded)
            : Der.sequence(extension.getEncoded(), encoded));
  }

  /** The DER of the certificate. */
  byte[] signedBy(SigningKey signer, SecureRandom random) throws IOException {
    byte[] algorithm = signer.signatureAlgorithm().getEncoded(DER);
    byte[] signed =
        Der.sequence(
            Der.element(Der.explicit(0), new ASN1Integer(V3).getEncoded()),
            new ASN1Integer(serial).getEncoded(),
            algorithm,
            issuer,
            validity.der(),
            subject,
            key.getEncoded(DER),
            extensionsDer());
    byte[] signature = signer.sign(signed, random);
    return Der.sequence(signed, algorithm, new DERBitString(signature).getEncoded(DER));
  }

  private byte[] extensionsDer() {
    return extensions.isEmpty()
        ? new byte[0]
        : Der.element(Der.explicit(3), Der.sequence(extensions.toArray(new byte[0][])));
  }
}
