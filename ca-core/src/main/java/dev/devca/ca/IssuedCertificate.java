package dev.devca.ca;

import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.FileGroup;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A leaf with its chain and the private key that was made for it. Immutable and thread-safe.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="issued"}
 */
public final class IssuedCertificate extends SignedCertificate {
  private final SigningKey key;

  IssuedCertificate(SignedCertificate certificate, SigningKey key) {
    super(certificate);
    this.key = key;
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
   * The private key as PEM: PKCS #8 (RFC 5208), not encrypted.
   *
   * @return one block
   */
  public String privateKeyPem() {
    return Pem.encodePrivateKey(key.pkcs8());
  }

  /**
   * The private key in DER: PKCS #8 (RFC 5208), not encrypted.
   *
   * @return its bytes
   */
  public byte[] privateKeyDer() {
    return key.pkcs8();
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
      FileGroup.publish(List.of(certificate, key));
    } catch (FileGroup.PublishException e) {
      throw e.reason();
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
   * The leaf as the content of a key store file. Whoever writes it keeps it from other users: a
   * password in a configuration protects nothing.
   *
   * @param format the kind of file
   * @param alias the alias of the only entry, 1 to 64 printable characters; Java makes it lower
   *     case
   * @param password one or more printable ASCII characters: Java opens no other
   * @return the file's bytes, with the key and {@link #chain}
   * @throws IllegalArgumentException if the alias or the password is none; the message says why
   */
  public byte[] keyStoreFile(KeyStoreFormat format, String alias, char[] password) {
    return format.identity(alias, password, this);
  }

  /**
   * A factory for what takes one, such as Netty or a server with an own {@code SSLContext}.
   *
   * @return a new factory, initialised; its managers present this leaf
   */
  public KeyManagerFactory keyManagerFactory() {
    return TlsContexts.presenting(privateKey(), chain());
  }

  /**
   * A context for a server that presents this leaf. It asks no client for a certificate by itself;
   * one that is asked for must come from the same CA.
   *
   * @return a new TLS context
   */
  public SSLContext serverContext() {
    return context();
  }

  /**
   * A context for a client that presents this leaf where it is asked, and trusts servers of the
   * same CA and no others.
   *
   * @return a new TLS context
   */
  public SSLContext clientContext() {
    return context();
  }

  private SSLContext context() {
    return TlsContexts.of(
        keyManagerFactory().getKeyManagers(), RootTrust.of(rootCertificate()).trustManager());
  }
}
