package dev.devca.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What a CA asks of a certificate, RFC 5280 §4.1. Read as DER by ourselves, since the parsers of
 * the JDK and of Bouncy Castle each take longer on a cold JVM than all signatures of a leaf. Of the
 * key and of most extensions only the bytes are taken. Immutable by use: nobody changes the bytes.
 *
 * @param der the certificate
 * @param algorithm the DER of the AlgorithmIdentifier of its signature
 * @param issuer the DER of the name of who signed it
 * @param validity its time
 * @param subject the DER of its own name
 * @param publicKey the DER of its SubjectPublicKeyInfo
 * @param hasUniqueIds whether it has what RFC 5280 §4.1.2.8 says that none shall have
 * @param extensions the value of each by the DER of its object identifier
 */
record CertificateFields(
    byte[] der,
    byte[] algorithm,
    byte[] issuer,
    Validity validity,
    byte[] subject,
    byte[] publicKey,
    boolean hasUniqueIds,
    Map<ByteBuffer, byte[]> extensions) {
  private static final int VERSION = Der.explicit(0);
  // §4.1.2.1: v3.
  private static final BigInteger LATEST = BigInteger.TWO;
  private static final int ISSUER_ID = BERTags.CONTEXT_SPECIFIC | 1;
  private static final int SUBJECT_ID = BERTags.CONTEXT_SPECIFIC | 2;
  private static final int EXTENSIONS = Der.explicit(3);
  // §4.2.1.3: bit 5 of the first octet, from its highest.
  private static final int KEY_CERT_SIGN = 0x80 >> 5;
  // SEQUENCE with nothing in it.
  private static final int EMPTY_NAME = 2;
  // §4.2.1.9: SEQUENCE of a BOOLEAN, and perhaps of an INTEGER of one octet.
  private static final int CA_ALONE = 5;
  private static final int CA_AND_PATH = 8;
  private static final int KEY_IDENTIFIER = BERTags.CONTEXT_SPECIFIC;

  /**
   * Reads a certificate.
   *
   * @throws DerReader.MalformedException if it is none; the message says why
   * @throws IOException if it has a time or extensions that no certificate has
   */
  static CertificateFields read(byte[] der) throws IOException {
    DerReader certificate = DerReader.of(der, Der.SEQUENCE);
    DerReader signed = certificate.inside(Der.SEQUENCE);
    byte[] algorithm = certificate.element(Der.SEQUENCE);
    certificate.bits();
    certificate.end();
    boolean latest = isLatest(signed);
    signed.integer();
    // §4.1.1.2
    if (!Arrays.equals(signed.element(Der.SEQUENCE), algorithm)) {
      throw new IOException("it names two signature algorithms");
    }
    byte[] issuer = name(signed);
    Validity validity = Validity.read(signed.inside(Der.SEQUENCE));
    byte[] subject = name(signed);
    byte[] publicKey = signed.element(Der.SEQUENCE);
    boolean hasUniqueIds = signed.isAt(ISSUER_ID) || signed.isAt(SUBJECT_ID);
    signed.skip(ISSUER_ID);
    signed.skip(SUBJECT_ID);
    Map<ByteBuffer, byte[]> extensions =
        latest && signed.isAt(EXTENSIONS) ? extensions(signed.inside(EXTENSIONS)) : Map.of();
    signed.end();
    return new CertificateFields(
        der.clone(), algorithm, issuer, validity, subject, publicKey, hasUniqueIds, extensions);
  }

  /** Whether it is of version 3, the only one with extensions. */
  private static boolean isLatest(DerReader signed) throws IOException {
    if (!signed.isAt(VERSION)) {
      return false;
    }
    DerReader explicit = signed.inside(VERSION);
    BigInteger version = explicit.integer();
    explicit.end();
    return version.equals(LATEST);
  }

  /** A name as it stands, §4.1.2.4. */
  private static byte[] name(DerReader signed) throws IOException {
    byte[] name = signed.element(Der.SEQUENCE);
    DerReader parts = DerReader.of(name, Der.SEQUENCE);
    while (parts.hasMore()) {
      DerReader part = parts.inside(Der.SET);
      do {
        DerReader attribute = part.inside(Der.SEQUENCE);
        attribute.objectIdentifier();
        attribute.any();
        attribute.end();
      } while (part.hasMore());
    }
    return name;
  }

  private static Map<ByteBuffer, byte[]> extensions(DerReader explicit) throws IOException {
    Map<ByteBuffer, byte[]> values = new HashMap<>();
    DerReader all = explicit.inside(Der.SEQUENCE);
    explicit.end();
    while (all.hasMore()) {
      DerReader extension = all.inside(Der.SEQUENCE);
      byte[] oid = extension.objectIdentifier();
      // Whether it is critical is asked by who verifies.
      extension.isTrue();
      byte[] value = extension.content(BERTags.OCTET_STRING);
      extension.end();
      // §4.2: not more than one of a kind.
      if (values.put(ByteBuffer.wrap(oid), value) != null) {
        throw new IOException("it has an extension twice");
      }
    }
    return Map.copyOf(values);
  }

  /**
   * Whether it has nothing but what devca's own roots have, and mkcert's: each of these the JDK is
   * known to read if it is read here.
   *
   * @param own how its key signs
   */
  boolean isPlainRoot(AlgorithmIdentifier own) throws IOException {
    byte @Nullable [] constraints = value(Oids.BASIC_CONSTRAINTS);
    int known = 0;
    for (ASN1ObjectIdentifier extension :
        List.of(Oids.BASIC_CONSTRAINTS, Oids.KEY_USAGE, Oids.SUBJECT_KEY_IDENTIFIER)) {
      known += value(extension) == null ? 0 : 1;
    }
    return extensions.size() == known
        && !hasUniqueIds
        && subject.length > EMPTY_NAME
        && Arrays.equals(issuer, subject)
        && Arrays.equals(algorithm, own.getEncoded(ASN1Encoding.DER))
        && constraints != null
        && (constraints.length == CA_ALONE
            || (constraints.length == CA_AND_PATH && constraints[CA_AND_PATH - 1] >= 0));
  }

  /** What an extension says, or null if it is not there. */
  byte @Nullable [] value(ASN1ObjectIdentifier extension) throws IOException {
    return extensions.get(ByteBuffer.wrap(extension.getEncoded()));
  }

  /** Whether it says that it is a CA's, §4.2.1.9. */
  boolean isCa() throws IOException {
    byte @Nullable [] value = value(Oids.BASIC_CONSTRAINTS);
    if (value == null) {
      return false;
    }
    DerReader constraints = DerReader.of(value, Der.SEQUENCE);
    boolean ca = constraints.isTrue();
    if (constraints.hasMore()) {
      // How many CAs may follow.
      constraints.integer();
      constraints.end();
    }
    return ca;
  }

  /** Whether its key may sign certificates, §4.2.1.3: also if it does not say for what it is. */
  boolean maySignCertificates() throws IOException {
    byte @Nullable [] value = value(Oids.KEY_USAGE);
    if (value == null) {
      return true;
    }
    DerReader usage = DerReader.of(value);
    byte[] bits = usage.bits();
    usage.end();
    return bits.length > 0 && (bits[0] & KEY_CERT_SIGN) != 0;
  }

  /** The identifier of its key, §4.2.1.2, or null if it has none. */
  byte @Nullable [] subjectKeyIdentifier() throws IOException {
    byte @Nullable [] value = value(Oids.SUBJECT_KEY_IDENTIFIER);
    if (value == null) {
      return null;
    }
    DerReader identifier = DerReader.of(value);
    byte[] octets = identifier.content(BERTags.OCTET_STRING);
    identifier.end();
    return octets;
  }

  /** The identifier of the key that signed it, §4.2.1.1, or null if it does not say. */
  byte @Nullable [] authorityKeyIdentifier() throws IOException {
    byte @Nullable [] value = value(Oids.AUTHORITY_KEY_IDENTIFIER);
    if (value == null) {
      return null;
    }
    DerReader authority = DerReader.of(value, Der.SEQUENCE);
    return authority.isAt(KEY_IDENTIFIER) ? authority.content(KEY_IDENTIFIER) : null;
  }
}
