package dev.devca.ca;

import java.security.SecureRandom;
import java.time.Instant;

/**
 * Issues leaves as {@link CertificateAuthority#issue} does, for who wants thousands of them: with
 * keys of P-256 in four fifths of the time. Their secrets are made some dozens ahead, and used
 * within a second or not at all: a copy of the memory that is taken as a batch runs must not come
 * to life, since both would sign with the same numbers. Thread-safe; from {@link
 * CertificateAuthority#batch}.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="batch"}
 */
public final class LeafBatch {
  private final LeafSigner signer;
  private final SecretStock secrets;
  private final SecureRandom random;
  private final Instant now;

  LeafBatch(LeafSigner signer, SecureRandom random, Instant now) {
    this.secrets = new SecretStock(random);
    this.signer = new LeafSigner(signer.root(), signer.signer().drawingFrom(secrets), random);
    this.random = random;
    this.now = now;
  }

  /**
   * Makes a new key and issues a leaf for it.
   *
   * @param request what the leaf says
   * @return the leaf, as of the moment at which this batch began
   * @throws CaException as {@link CertificateAuthority#issue}
   */
  public IssuedCertificate issue(LeafRequest request) throws CaException {
    SigningKey key =
        request.keyType() == KeyType.P256
            ? EcKey.of(secrets.next())
            : SigningKey.generate(request.keyType(), random);
    return new IssuedCertificate(signer.sign(request, key.publicKey(), now), key);
  }

  /**
   * Issues a leaf for the key of a certification request.
   *
   * @param request whose key it is
   * @param what what the leaf says, as {@link CertificateAuthority#sign} takes it
   * @return the leaf
   * @throws CaException as {@link CertificateAuthority#issue}
   */
  public SignedCertificate sign(CertificationRequest request, LeafRequest what) throws CaException {
    return signer.sign(what, request.key(), now);
  }
}
