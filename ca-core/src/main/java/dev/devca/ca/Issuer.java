package dev.devca.ca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jspecify.annotations.Nullable;

/** A CA certificate, and the key to it where there is one. Immutable and thread-safe. */
final class Issuer {
  private final CertificateFields certificate;
  private final byte[] keyIdentifier;
  private final Optional<NameLimits> limits;
  private final @Nullable SigningKey key;

  private Issuer(
      CertificateFields certificate,
      byte[] keyIdentifier,
      Optional<NameLimits> limits,
      @Nullable SigningKey key) {
    this.certificate = certificate;
    this.keyIdentifier = keyIdentifier;
    this.limits = limits;
    this.key = key;
  }

  /**
   * Reads a CA certificate, whose key is kept elsewhere.
   *
   * @throws IOException if it is no CA certificate; the message says why
   */
  static Issuer of(byte[] der) throws IOException {
    try {
      return of(CertificateFields.read(der));
    } catch (DerReader.MalformedException e) {
      throw new IOException("it is no X.509 certificate: " + e.getMessage(), e);
    }
  }

  private static Issuer of(CertificateFields certificate) throws IOException {
    if (!certificate.isCa()) {
      throw new IOException("it is no CA certificate");
    }
    if (!certificate.maySignCertificates()) {
      throw new IOException("its key usage does not allow signing certificates");
    }
    // Never computed anew: a leaf's AKI must equal what the issuer says.
    byte @Nullable [] keyIdentifier = certificate.subjectKeyIdentifier();
    if (keyIdentifier == null) {
      throw new IOException("it has no subject key identifier, RFC 5280 §4.2.1.2");
    }
    return new Issuer(certificate, keyIdentifier, limits(certificate), null);
  }

  private static Optional<NameLimits> limits(CertificateFields certificate) throws IOException {
    byte @Nullable [] value = certificate.value(Oids.NAME_CONSTRAINTS);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          NameLimits.of(NameConstraints.getInstance(ASN1Sequence.getInstance(value))));
    } catch (RuntimeException e) {
      // The parser throws what it likes at bytes that it does not like.
      throw new IOException("its name constraints cannot be read", e);
    }
  }

  /**
   * The same issuer with its key.
   *
   * @throws IOException if the key is another's
   */
  Issuer withKey(SigningKey own) throws IOException {
    if (!Arrays.equals(certificate.publicKey(), own.publicKey().getEncoded(ASN1Encoding.DER))) {
      throw new IOException("the key belongs to another certificate");
    }
    return new Issuer(certificate, keyIdentifier, limits, own);
  }

  /** Whether it is a root with its key that the JDK is known to read, without asking it. */
  boolean isPlainRoot() throws IOException {
    return key != null && certificate.isPlainRoot(key.signatureAlgorithm());
  }

  /** The same issuer, whose key draws from a stock. */
  Issuer drawingFrom(SecretStock secrets) {
    return key == null
        ? this
        : new Issuer(certificate, keyIdentifier, limits, key.drawingFrom(secrets));
  }

  /**
   * Refuses an intermediate of another root.
   *
   * @throws IOException if its signature is not that root's; the message says so
   */
  void checkIssuedBy(Issuer issuer) throws IOException {
    try {
      Pem.certificate(der()).verify(Pem.certificate(issuer.der()).getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new IOException("it was not issued by " + shown(issuer.certificate.subject()), e);
    }
  }

  /**
   * Refuses what is no root.
   *
   * @throws IOException if another signed it; the message says who
   */
  void checkSelfSigned() throws IOException {
    if (!isSameName(certificate.subject(), certificate.issuer())) {
      throw new IOException("it is no root: it was issued by " + shown(certificate.issuer()));
    }
    checkIssuedBy(this);
  }

  /** RFC 5280 §7.1: also where one is written in another way. */
  private static boolean isSameName(byte[] name, byte[] other) {
    try {
      return Arrays.equals(name, other)
          || X500Name.getInstance(name).equals(X500Name.getInstance(other));
    } catch (RuntimeException e) {
      // The parser throws what it likes at bytes that it does not like.
      return false;
    }
  }

  /** Names of others may have any bytes in them, and are decoded as late as here. */
  private static String shown(byte[] name) {
    try {
      return Quoted.of(X500Name.getInstance(name).toString());
    } catch (RuntimeException e) {
      // The parser throws what it likes at bytes that it does not like.
      return "a CA whose name cannot be read";
    }
  }

  byte[] der() {
    return certificate.der().clone();
  }

  /** The DER of its name. */
  byte[] subject() {
    return certificate.subject().clone();
  }

  byte[] keyIdentifier() {
    return keyIdentifier.clone();
  }

  Validity validity() {
    return certificate.validity();
  }

  boolean hasKey() {
    return key != null;
  }

  /** What it may sign, if that is limited. */
  Optional<NameLimits> limits() {
    return limits;
  }

  /** The DER of a certificate that it signs. */
  byte[] sign(CertificateDraft draft, SecureRandom random) throws IOException {
    if (key == null) {
      throw new IllegalStateException("the issuer has no key");
    }
    return draft.signedBy(key, random);
  }

  byte[] keyPkcs8() {
    if (key == null) {
      throw new IllegalStateException("the issuer has no key");
    }
    return key.pkcs8();
  }

  /** Whether a certificate says that this issuer's key signed it. */
  boolean isNamedBy(CertificateFields other) throws IOException {
    return Arrays.equals(keyIdentifier, other.authorityKeyIdentifier())
        && Arrays.equals(certificate.subject(), other.issuer());
  }

  /** Whether this issuer's certificate is these bytes. */
  boolean isCertificate(byte[] other) {
    return Arrays.equals(certificate.der(), other);
  }
}
