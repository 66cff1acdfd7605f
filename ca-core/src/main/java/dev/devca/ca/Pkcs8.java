package dev.devca.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BERTags;

/**
 * A private key and what it is for, as PKCS #8 says: RFC 5208 §5, and RFC 5958 §2 with the public
 * half behind it. Read as DER by ourselves, as {@link CertificateFields} is. {@code toString} shows
 * no key.
 *
 * @param der all of it
 * @param algorithm the kind of key, the DER of an object identifier
 * @param parameters what belongs to the kind, as DER; perhaps nothing
 * @param key the key, in a form that its kind says
 */
record Pkcs8(byte[] der, byte[] algorithm, byte[] parameters, byte[] key) {
  private static final int ATTRIBUTES = Der.explicit(0);
  private static final int PUBLIC_KEY = BERTags.CONTEXT_SPECIFIC | 1;
  // As a bit string in it, which the standard does not mean and some libraries have written.
  private static final int EXPLICIT_PUBLIC_KEY = Der.explicit(1);

  /**
   * Reads a key.
   *
   * @throws IOException if it is none
   */
  static Pkcs8 read(byte[] der) throws IOException {
    DerReader fields = DerReader.of(der, Der.SEQUENCE);
    BigInteger version = fields.integer();
    DerReader algorithm = fields.inside(Der.SEQUENCE);
    byte[] oid = algorithm.element(BERTags.OBJECT_IDENTIFIER);
    byte[] key = fields.content(BERTags.OCTET_STRING);
    fields.skip(ATTRIBUTES);
    if (version.equals(BigInteger.ONE)) {
      fields.skip(PUBLIC_KEY);
      fields.skip(EXPLICIT_PUBLIC_KEY);
    } else if (version.signum() != 0) {
      throw new IOException("it is PKCS #8 of an unknown version");
    }
    fields.end();
    return new Pkcs8(der.clone(), oid, algorithm.rest(), key);
  }

  /** Whether it is a key of this kind. */
  boolean isOf(ASN1ObjectIdentifier kind) throws IOException {
    return Arrays.equals(algorithm, kind.getEncoded());
  }

  @Override
  public String toString() {
    return "private key";
  }
}
