package dev.devca.ca;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * A certificate that is not signed yet, RFC 5280 §4.1. What is signed is encoded once, and stands
 * in the certificate as it was signed. For one thread.
 */
final class CertificateDraft {
  // X.690 §8.1.3: lengths from 128 on are preceded by their number of octets.
  private static final int SHORT_LENGTHS = 0x80;
  private static final int BITS_OF_OCTET = 8;

  private final V3TBSCertificateGenerator fields = new V3TBSCertificateGenerator();
  private final ExtensionsGenerator extensions = new ExtensionsGenerator();

  CertificateDraft(
      X500Name issuer,
      BigInteger serial,
      Validity validity,
      X500Name subject,
      SubjectPublicKeyInfo key) {
    fields.setSerialNumber(new ASN1Integer(serial));
    fields.setIssuer(issuer);
    fields.setStartDate(validity.notBeforeTime());
    fields.setEndDate(validity.notAfterTime());
    fields.setSubject(subject);
    fields.setSubjectPublicKeyInfo(key);
  }

  void add(ASN1ObjectIdentifier extension, boolean critical, ASN1Encodable value)
      throws IOException {
    extensions.addExtension(extension, critical, value);
  }

  /** The DER of the certificate. */
  byte[] signedBy(SigningKey key, SecureRandom random) throws IOException {
    AlgorithmIdentifier algorithm = key.signatureAlgorithm();
    if (!extensions.isEmpty()) {
      fields.setExtensions(extensions.generate());
    }
    fields.setSignature(algorithm);
    byte[] signed = fields.generateTBSCertificate().getEncoded(ASN1Encoding.DER);
    byte[] signature = key.sign(signed, random);
    return sequence(
        signed,
        algorithm.getEncoded(ASN1Encoding.DER),
        new DERBitString(signature).getEncoded(ASN1Encoding.DER));
  }

  private static byte[] sequence(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 2 + Integer.BYTES);
    out.write(BERTags.SEQUENCE | BERTags.CONSTRUCTED);
    if (length < SHORT_LENGTHS) {
      out.write(length);
    } else {
      int octets = Integer.BYTES - Integer.numberOfLeadingZeros(length) / BITS_OF_OCTET;
      out.write(SHORT_LENGTHS | octets);
      for (int i = octets - 1; i >= 0; i--) {
        out.write(length >>> (i * BITS_OF_OCTET));
      }
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
