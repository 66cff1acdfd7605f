package dev.devca.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Principal;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that the JDK parses when it is asked for more than the encoding. To parse the first
 * one of a process takes as long as to start half a JVM, for the providers that its key needs, and
 * a trust store needs the encoding alone. Equal to every certificate with the same encoding.
 * Immutable and thread-safe; where the JDK cannot parse it, what needs that throws {@link
 * IllegalStateException}.
 */
final class EncodedCertificate extends X509Certificate {
  // Certificates are serialized by their encoding, see Certificate.writeReplace.
  private static final long serialVersionUID = 1;

  private final transient byte[] der;
  private transient volatile @Nullable X509Certificate parsed;
  private transient volatile @Nullable Fingerprint fingerprint;

  EncodedCertificate(byte[] der) {
    this.der = der.clone();
  }

  @Override
  public byte[] getEncoded() {
    return der.clone();
  }

  /** Computed once: an install asks for it a dozen times, before the JVM has compiled how. */
  Fingerprint fingerprint() {
    Fingerprint known = fingerprint;
    if (known == null) {
      known = Fingerprint.ofDer(der);
      fingerprint = known;
    }
    return known;
  }

  private X509Certificate parsed() {
    X509Certificate known = parsed;
    if (known == null) {
      try {
        known = Pem.certificate(der);
      } catch (IOException e) {
        throw new IllegalStateException("the JDK cannot read the certificate", e);
      }
      parsed = known;
    }
    return known;
  }

  @Override
  public void checkValidity() throws CertificateExpiredException, CertificateNotYetValidException {
    parsed().checkValidity();
  }

  @Override
  public void checkValidity(Date date)
      throws CertificateExpiredException, CertificateNotYetValidException {
    parsed().checkValidity(date);
  }

  @Override
  public int getVersion() {
    return parsed().getVersion();
  }

  @Override
  public BigInteger getSerialNumber() {
    return parsed().getSerialNumber();
  }

  @Override
  @SuppressWarnings("deprecation") // Abstract in its class.
  public Principal getIssuerDN() {
    return parsed().getIssuerDN();
  }

  @Override
  public X500Principal getIssuerX500Principal() {
    return parsed().getIssuerX500Principal();
  }

  @Override
  @SuppressWarnings("deprecation") // Abstract in its class.
  public Principal getSubjectDN() {
    return parsed().getSubjectDN();
  }

  @Override
  public X500Principal getSubjectX500Principal() {
    return parsed().getSubjectX500Principal();
  }

  @Override
  public Date getNotBefore() {
    return parsed().getNotBefore();
  }

  @Override
  public Date getNotAfter() {
    return parsed().getNotAfter();
  }

  @Override
  public byte[] getTBSCertificate() throws CertificateEncodingException {
    return parsed().getTBSCertificate();
  }

  @Override
  public byte[] getSignature() {
    return parsed().getSignature();
  }

  @Override
  public String getSigAlgName() {
    return parsed().getSigAlgName();
  }

  @Override
  public String getSigAlgOID() {
    return parsed().getSigAlgOID();
  }

  @Override
  public byte @Nullable [] getSigAlgParams() {
    return parsed().getSigAlgParams();
  }

  @Override
  public boolean @Nullable [] getIssuerUniqueID() {
    return parsed().getIssuerUniqueID();
  }

  @Override
  public boolean @Nullable [] getSubjectUniqueID() {
    return parsed().getSubjectUniqueID();
  }

  @Override
  public boolean @Nullable [] getKeyUsage() {
    return parsed().getKeyUsage();
  }

  @Override
  public @Nullable List<String> getExtendedKeyUsage() throws CertificateParsingException {
    return parsed().getExtendedKeyUsage();
  }

  @Override
  public int getBasicConstraints() {
    return parsed().getBasicConstraints();
  }

  @Override
  public @Nullable Collection<List<?>> getSubjectAlternativeNames()
      throws CertificateParsingException {
    return parsed().getSubjectAlternativeNames();
  }

  @Override
  public @Nullable Collection<List<?>> getIssuerAlternativeNames()
      throws CertificateParsingException {
    return parsed().getIssuerAlternativeNames();
  }

  @Override
  public void verify(PublicKey key)
      throws CertificateException,
          NoSuchAlgorithmException,
          InvalidKeyException,
          NoSuchProviderException,
          SignatureException {
    parsed().verify(key);
  }

  @Override
  public void verify(PublicKey key, String provider)
      throws CertificateException,
          NoSuchAlgorithmException,
          InvalidKeyException,
          NoSuchProviderException,
          SignatureException {
    parsed().verify(key, provider);
  }

  @Override
  public void verify(PublicKey key, Provider provider)
      throws CertificateException,
          NoSuchAlgorithmException,
          InvalidKeyException,
          SignatureException {
    parsed().verify(key, provider);
  }

  @Override
  public PublicKey getPublicKey() {
    return parsed().getPublicKey();
  }

  @Override
  public boolean hasUnsupportedCriticalExtension() {
    return parsed().hasUnsupportedCriticalExtension();
  }

  @Override
  public @Nullable Set<String> getCriticalExtensionOIDs() {
    return parsed().getCriticalExtensionOIDs();
  }

  @Override
  public @Nullable Set<String> getNonCriticalExtensionOIDs() {
    return parsed().getNonCriticalExtensionOIDs();
  }

  @Override
  public byte @Nullable [] getExtensionValue(String oid) {
    return parsed().getExtensionValue(oid);
  }

  @Override
  public String toString() {
    return parsed().toString();
  }
}
