package dev.devca.ca;

import dev.devca.ca.files.BoundedFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;

/**
 * Tells what one CA issued, which may be replaced, from anything else. A link, and what is missing
 * or cannot be read, is none of its files. Thread-safe.
 *
 * <p>A certificate is known by the key that it says has signed it. The signature is not verified:
 * whoever forged one would lose the forgery, and every start would pay for it.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="own"}
 */
public final class OwnFiles {
  // The first bytes of a JKS file, and of the PEM of a certificate.
  private static final int JKS_MAGIC = 0xFEEDFEED;
  private static final byte DER_SEQUENCE = 0x30;

  private final Issuer root;
  private final Issuer signer;

  OwnFiles(Issuer root, Issuer signer) {
    this.root = root;
    this.signer = signer;
  }

  /**
   * Whether a file is a certificate of this CA.
   *
   * @param file PEM, the leaf first, or DER
   * @return true if it names the CA's key as the one that signed it
   */
  public boolean isCertificate(Path file) {
    try {
      leaf(file);
      return true;
    } catch (IOException e) {
      // Whatever it is, it is not ours.
      return false;
    }
  }

  /** Whether its signature is this CA's. */
  boolean hasSigned(X509Certificate leaf) {
    try {
      leaf.verify(Pem.certificate(signer.der()).getPublicKey());
      return true;
    } catch (IOException | GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * Whether two files are a certificate of this CA and its key.
   *
   * @param chainFile PEM, the leaf first, or DER
   * @param keyFile PEM or DER; may be the same file
   * @return true if it names the CA's key as the one that signed it, and the key is its own
   */
  public boolean isPair(Path chainFile, Path keyFile) {
    try {
      return Arrays.equals(
          leaf(chainFile).publicKey(),
          SigningKey.publicKeyOf(first(keyFile, "PRIVATE KEY")).getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether a file is a key store, PKCS #12 or JKS, with certificates of this CA or its root, and
   * nothing else.
   *
   * @param file the file
   * @param password what it is to be opened with
   * @return false too if the password opens it not
   */
  public boolean isKeyStore(Path file, char[] password) {
    try {
      KeyStore store = open(file, password);
      List<String> aliases = Collections.list(store.aliases());
      for (String alias : aliases) {
        if (!(store.getCertificate(alias) instanceof X509Certificate certificate)) {
          return false;
        }
        checkIssued(CertificateFields.read(certificate.getEncoded()));
      }
      return !aliases.isEmpty();
    } catch (IOException | GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * The certificate of this CA in a file.
   *
   * @param file PEM, the leaf first, or DER
   * @return the leaf, or empty if it is none of this CA's
   */
  public Optional<X509Certificate> certificate(Path file) {
    try {
      return Optional.of(Pem.certificate(leaf(file).der()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The private key in a file.
   *
   * @param file PKCS #8 in PEM or DER, not encrypted
   * @return the key, or empty if there is none of a kind that devca makes
   */
  public Optional<PrivateKey> key(Path file) {
    try {
      return Optional.of(SigningKey.fromPkcs8(first(file, "PRIVATE KEY")).toPrivateKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The first private key in a key store.
   *
   * @param file PKCS #12 or JKS
   * @param password what it and the key are to be opened with
   * @return the key, or empty if there is none
   */
  public Optional<PrivateKey> key(Path file, char[] password) {
    try {
      KeyStore store = open(file, password);
      for (String alias : Collections.list(store.aliases())) {
        if (store.getKey(alias, password) instanceof PrivateKey key) {
          return Optional.of(key);
        }
      }
      return Optional.empty();
    } catch (IOException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static KeyStore open(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    byte[] bytes = bytes(file);
    KeyStore store = KeyStore.getInstance(isJks(bytes) ? "JKS" : "PKCS12");
    store.load(new ByteArrayInputStream(bytes), password);
    return store;
  }

  private CertificateFields leaf(Path file) throws IOException {
    CertificateFields leaf = CertificateFields.read(first(file, "CERTIFICATE"));
    checkIssued(leaf);
    return leaf;
  }

  private void checkIssued(CertificateFields certificate) throws IOException {
    if (!root.isCertificate(certificate.der()) && !signer.isNamedBy(certificate)) {
      throw new IOException("it is another CA's");
    }
  }

  private static boolean isJks(byte[] bytes) {
    return bytes.length > 4 && java.nio.ByteBuffer.wrap(bytes).getInt() == JKS_MAGIC;
  }

  private static byte[] bytes(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is no regular file");
    }
    return BoundedFiles.read(file, BoundedFiles.PEM_LIMIT);
  }

  private static byte[] first(Path file, String label) throws IOException {
    byte[] bytes = bytes(file);
    if (bytes.length > 0 && bytes[0] == DER_SEQUENCE) {
      return bytes;
    }
    for (Pem.Block block : Pem.blocks(new String(bytes, StandardCharsets.ISO_8859_1))) {
      if (block.label().equals(label)) {
        return block.der();
      }
    }
    throw new IOException("it has no " + label);
  }
}
