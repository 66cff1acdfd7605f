package dev.devca.ca;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Issues leaves anew for keys that are there. Thread-safe; from {@link CertificateAuthority}. */
public final class Renewal {
  private final LeafSigner signer;
  private final Instant now;

  Renewal(LeafSigner signer, Instant now) {
    this.signer = signer;
    this.now = now;
  }

  /**
   * Issues a leaf for a private key.
   *
   * @param request what the leaf says; its kind of key does not matter
   * @param key the key of an earlier leaf
   * @return the leaf with that key
   * @throws CaException as {@link CertificateAuthority#issue}, or if the key is of no kind that
   *     devca makes
   */
  public IssuedCertificate with(LeafRequest request, PrivateKey key) throws CaException {
    SigningKey same;
    try {
      same = SigningKey.fromPkcs8(key.getEncoded());
    } catch (IOException e) {
      throw new CaException("cannot keep the key: " + e.getMessage(), "renew it with a new key", e);
    }
    return new IssuedCertificate(signer.sign(request, same.publicKey(), now), same);
  }

  /**
   * Issues a leaf for the public key of an earlier one, whose private key is elsewhere.
   *
   * @param request what the leaf says; its kind of key does not matter
   * @param earlier an earlier leaf: that its holder has the key was shown then
   * @param issuer the files of the CA that issued it: this one, or the one before a rotation
   * @return the leaf
   * @throws CaException as {@link CertificateAuthority#issue}, or if another CA issued the earlier
   *     leaf
   */
  public SignedCertificate of(LeafRequest request, X509Certificate earlier, OwnFiles issuer)
      throws CaException {
    if (!issuer.hasSigned(earlier)) {
      throw new CaException(
          "cannot renew a certificate that this CA did not issue", "issue a new one");
    }
    return signer.sign(
        request, SubjectPublicKeyInfo.getInstance(earlier.getPublicKey().getEncoded()), now);
  }
}
