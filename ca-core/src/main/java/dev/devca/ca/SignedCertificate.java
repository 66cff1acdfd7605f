package dev.devca.ca;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A leaf with its chain. Immutable and thread-safe.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="issued"}
 */
public sealed class SignedCertificate permits IssuedCertificate {
  private final List<byte[]> chain;
  private final byte[] rootDer;
  private final LeafRequest request;
  private final Validity validity;
  private final List<String> notes;

  SignedCertificate(
      List<byte[]> chain,
      byte[] rootDer,
      LeafRequest request,
      Validity validity,
      List<String> notes) {
    this.chain = chain;
    this.rootDer = rootDer;
    this.request = request;
    this.validity = validity;
    this.notes = List.copyOf(notes);
  }

  SignedCertificate(SignedCertificate other) {
    this(other.chain, other.rootDer, other.request, other.validity, other.notes);
  }

  /**
   * The chain: the leaf first, then an intermediate if there is one, the root not included.
   *
   * @return at least the leaf
   */
  public final List<X509Certificate> chain() {
    return chain.stream().map(SignedCertificate::parse).toList();
  }

  private static X509Certificate parse(byte[] der) {
    try {
      return Pem.certificate(der);
    } catch (IOException e) {
      throw new IllegalStateException("the JDK cannot read a certificate of ours", e);
    }
  }

  final List<byte[]> chainDer() {
    return chain;
  }

  /**
   * The root that this leaf leads to.
   *
   * @return the root certificate
   */
  public final X509Certificate rootCertificate() {
    return parse(rootDer);
  }

  /**
   * The names in the leaf.
   *
   * @return the names in normal form
   */
  public final List<SubjectAltName> names() {
    return request.names();
  }

  /**
   * The first second of the leaf's validity.
   *
   * @return notBefore, RFC 5280 §4.1.2.5
   */
  public final Instant notBefore() {
    return validity.notBefore();
  }

  /**
   * The last second of the leaf's validity.
   *
   * @return notAfter, RFC 5280 §4.1.2.5
   */
  public final Instant notAfter() {
    return validity.notAfter();
  }

  /**
   * What was normalised in the names, and what may surprise in the leaf: that it ends with its
   * issuer, say, or is too long for Apple's clients.
   *
   * @return a sentence each, for a person; often none
   */
  public final List<String> notes() {
    return notes;
  }

  /**
   * The chain as PEM, RFC 7468: what servers call a certificate file.
   *
   * @return a block for each certificate of {@link #chain}
   */
  public final String chainPem() {
    StringBuilder pem = new StringBuilder();
    chain.forEach(der -> pem.append(Pem.encodeCertificate(der)));
    return pem.toString();
  }

  /**
   * The leaf in DER, without the rest of the chain: a file of DER holds one certificate.
   *
   * @return its bytes
   */
  public final byte[] certificateDer() {
    return chain.get(0).clone();
  }

  /** The names; never a key. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + request.names();
  }
}
