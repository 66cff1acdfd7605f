package dev.devca.ca;

import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/** A leaf with its private key and its chain. Immutable and thread-safe. */
public final class IssuedCertificate {
  private final List<byte[]> chain;
  private final byte[] rootDer;
  private final SigningKey key;
  private final LeafRequest request;
  private final Validity validity;
  private final List<String> notes;

  IssuedCertificate(
      List<byte[]> chain,
      byte[] rootDer,
      SigningKey key,
      LeafRequest request,
      Validity validity,
      List<String> notes) {
    this.chain = chain;
    this.rootDer = rootDer;
    this.key = key;
    this.request = request;
    this.validity = validity;
    this.notes = List.copyOf(notes);
  }

  /**
   * The chain: the leaf first, then an intermediate if there is one, the root not included.
   *
   * @return at least the leaf
   */
  public List<X509Certificate> chain() {
    return chain.stream().map(IssuedCertificate::parse).toList();
  }

  private static X509Certificate parse(byte[] der) {
    try {
      return Pem.certificate(der);
    } catch (IOException e) {
      throw new IllegalStateException("the JDK cannot read a certificate of ours", e);
    }
  }

  /**
   * The root that this leaf leads to.
   *
   * @return the root certificate
   */
  public X509Certificate rootCertificate() {
    return parse(rootDer);
  }

  /**
   * The private key of the leaf.
   *
   * @return a key of the JDK's own type
   */
  public PrivateKey privateKey() {
    return key.toPrivateKey();
  }

  /**
   * The names in the leaf.
   *
   * @return the names in normal form
   */
  public List<SubjectAltName> names() {
    return request.names();
  }

  /**
   * The first second of the leaf's validity.
   *
   * @return notBefore, RFC 5280 §4.1.2.5
   */
  public Instant notBefore() {
    return validity.notBefore();
  }

  /**
   * The last second of the leaf's validity.
   *
   * @return notAfter, RFC 5280 §4.1.2.5
   */
  public Instant notAfter() {
    return validity.notAfter();
  }

  /**
   * What was normalised in the names, and what may surprise in the leaf: that it ends with its
   * issuer, say, or is too long for Apple's clients.
   *
   * @return a sentence each, for a person; often none
   */
  public List<String> notes() {
    return notes;
  }

  /**
   * The chain as PEM, RFC 7468: what servers call a certificate file.
   *
   * @return a block for each certificate of {@link #chain}
   */
  public String chainPem() {
    StringBuilder pem = new StringBuilder();
    chain.forEach(der -> pem.append(Pem.encodeCertificate(der)));
    return pem.toString();
  }

  /**
   * The private key as PEM: PKCS #8 (RFC 5208), not encrypted.
   *
   * @return one block
   */
  public String privateKeyPem() {
    return Pem.encodePrivateKey(key.pkcs8());
  }

  /**
   * Writes the chain and the key as PEM files, or both into one if the paths are equal, chain
   * first. The key's file is readable by its owner alone from its first byte. Both contents are on
   * the disk before the first file is replaced; a link of either name is replaced, not followed.
   *
   * @param chainFile where the chain goes, mode 0644
   * @param keyFile where the key goes, mode 0600
   * @throws IOException if a folder is missing or a file cannot be written
   */
  public void writePem(Path chainFile, Path keyFile) throws IOException {
    if (isSame(chainFile, keyFile)) {
      try (AtomicFile both = prepare(keyFile, chainPem() + privateKeyPem(), FileMode.OWNER_ONLY)) {
        both.publish();
      }
      return;
    }
    try (AtomicFile key = prepare(keyFile, privateKeyPem(), FileMode.OWNER_ONLY);
        AtomicFile certificate = prepare(chainFile, chainPem(), FileMode.WORLD_READABLE)) {
      if (Files.isDirectory(chainFile, LinkOption.NOFOLLOW_LINKS)) {
        // Found out when the key was published, it would leave a key without its certificate.
        throw new FileAlreadyExistsException(chainFile.toString());
      }
      key.publish();
      certificate.publish();
    }
  }

  /** Whether two paths name one file, also where they reach its folder in two ways. */
  private static boolean isSame(Path a, Path b) throws IOException {
    return Objects.equals(a.getFileName(), b.getFileName()) && folder(a).equals(folder(b));
  }

  private static Path folder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder.toRealPath();
  }

  private static AtomicFile prepare(Path file, String text, FileMode mode) throws IOException {
    return AtomicFile.prepare(file, text.getBytes(StandardCharsets.US_ASCII), mode);
  }

  /**
   * The leaf as a key store in memory, for what takes one.
   *
   * @param alias the alias of the only entry
   * @param password of the entry
   * @return a PKCS #12 key store with the key and {@link #chain}
   */
  public KeyStore toKeyStore(String alias, char[] password) {
    return KeyStores.identity(alias, password, privateKey(), chain());
  }

  /**
   * A context for a server that presents this leaf. It asks no client for a certificate by itself;
   * one that is asked for must come from the same CA.
   *
   * @return a new TLS context
   */
  public SSLContext serverContext() {
    return TlsContexts.of(privateKey(), chain(), rootCertificate());
  }

  /**
   * A context for a client that presents this leaf where it is asked, and trusts servers of the
   * same CA and no others.
   *
   * @return a new TLS context
   */
  public SSLContext clientContext() {
    return TlsContexts.of(privateKey(), chain(), rootCertificate());
  }

  /** The names; never the key. */
  @Override
  public String toString() {
    return "IssuedCertificate" + request.names();
  }
}
