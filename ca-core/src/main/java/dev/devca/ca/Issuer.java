package dev.devca.ca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * A CA certificate, and the key to it where there is one. Immutable and thread-safe; the
 * certificate is read without the JDK's parser, which costs more than a signature.
 */
final class Issuer {
  private final byte[] der;
  private final Certificate certificate;
  private final Validity validity;
  private final byte[] keyIdentifier;
  private final @Nullable SigningKey key;

  private Issuer(
      byte[] der,
      Certificate certificate,
      Validity validity,
      byte[] keyIdentifier,
      @Nullable SigningKey key) {
    this.der = der;
    this.certificate = certificate;
    this.validity = validity;
    this.keyIdentifier = keyIdentifier;
    this.key = key;
  }

  /**
   * Reads a CA certificate, whose key is kept elsewhere.
   *
   * @throws IOException if it is no CA certificate; the message says why
   */
  static Issuer of(byte[] der) throws IOException {
    try {
      Certificate certificate = Certificate.getInstance(der);
      Extensions extensions = certificate.getTBSCertificate().getExtensions();
      if (extensions == null
          || extensions.getExtension(Extension.basicConstraints) == null
          || !BasicConstraints.fromExtensions(extensions).isCA()) {
        throw new IOException("it is no CA certificate");
      }
      KeyUsage usage = KeyUsage.fromExtensions(extensions);
      if (usage != null && !usage.hasUsages(KeyUsage.keyCertSign)) {
        throw new IOException("its key usage does not allow signing certificates");
      }
      return new Issuer(
          der.clone(),
          certificate,
          Validity.of(certificate.getStartDate(), certificate.getEndDate()),
          subjectKeyIdentifier(extensions),
          null);
    } catch (RuntimeException e) {
      // The parser throws what it likes at bytes that it does not like.
      throw new IOException("it is no X.509 certificate", e);
    }
  }

  /**
   * The same issuer with its key.
   *
   * @throws IOException if the key is another's
   */
  Issuer withKey(SigningKey own) throws IOException {
    if (!certificate.getSubjectPublicKeyInfo().equals(own.publicKey())) {
      throw new IOException("the key belongs to another certificate");
    }
    return new Issuer(der, certificate, validity, keyIdentifier, own);
  }

  /** The same issuer, whose key draws from a stock. */
  Issuer drawingFrom(SecretStock secrets) {
    return key == null
        ? this
        : new Issuer(der, certificate, validity, keyIdentifier, key.drawingFrom(secrets));
  }

  /**
   * Refuses an intermediate of another root.
   *
   * @throws IOException if its signature is not that root's; the message says so
   */
  void checkIssuedBy(Issuer issuer) throws IOException {
    try {
      Pem.certificate(der).verify(Pem.certificate(issuer.der).getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new IOException("it was not issued by " + shown(issuer.subject()), e);
    }
  }

  /**
   * Refuses what is no root.
   *
   * @throws IOException if another signed it; the message says who
   */
  void checkSelfSigned() throws IOException {
    if (!certificate.getSubject().equals(certificate.getIssuer())) {
      throw new IOException("it is no root: it was issued by " + shown(certificate.getIssuer()));
    }
    checkIssuedBy(this);
  }

  /** Names of others may have any bytes in them, and are decoded as late as here. */
  private static String shown(X500Name name) {
    try {
      return Quoted.of(name.toString());
    } catch (IllegalArgumentException e) {
      return "a CA whose name cannot be read";
    }
  }

  /** From the encoding, never computed anew: a leaf's AKI must equal what the issuer says. */
  private static byte[] subjectKeyIdentifier(Extensions extensions) throws IOException {
    Extension extension = extensions.getExtension(Extension.subjectKeyIdentifier);
    if (extension == null) {
      throw new IOException("it has no subject key identifier, RFC 5280 §4.2.1.2");
    }
    return SubjectKeyIdentifier.getInstance(ASN1OctetString.getInstance(extension.getParsedValue()))
        .getKeyIdentifier();
  }

  byte[] der() {
    return der.clone();
  }

  X500Name subject() {
    return certificate.getSubject();
  }

  byte[] keyIdentifier() {
    return keyIdentifier.clone();
  }

  Validity validity() {
    return validity;
  }

  boolean hasKey() {
    return key != null;
  }

  /** What it may sign, if that is limited. */
  Optional<NameLimits> limits() {
    Extension extension =
        certificate.getTBSCertificate().getExtensions().getExtension(Extension.nameConstraints);
    return extension == null
        ? Optional.empty()
        : Optional.of(NameLimits.of(NameConstraints.getInstance(extension.getParsedValue())));
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
  boolean isNamedBy(Certificate other) {
    Extensions extensions = other.getTBSCertificate().getExtensions();
    AuthorityKeyIdentifier named =
        extensions == null ? null : AuthorityKeyIdentifier.fromExtensions(extensions);
    return named != null
        && Arrays.equals(keyIdentifier, named.getKeyIdentifierOctets())
        && certificate.getSubject().equals(other.getIssuer());
  }

  /** Whether this issuer's certificate is these bytes. */
  boolean isCertificate(byte[] other) {
    return Arrays.equals(der, other);
  }
}
