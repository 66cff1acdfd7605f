package dev.devca.ca;

import dev.devca.ca.files.BoundedFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * A file of certificates, a key, or both, as other programs write it: PEM with the blocks of any
 * order, keys as PKCS #8, PKCS #1 or SEC 1, or one certificate or PKCS #8 key as DER. For a look,
 * not for use: the key does not come out of it. Immutable.
 */
public final class CertificateFile {
  private static final byte[] PROBE = "devca".getBytes(StandardCharsets.US_ASCII);

  private final List<X509Certificate> certificates;
  private final Optional<PrivateKeyInfo> key;
  private final boolean encrypted;

  private CertificateFile(
      List<X509Certificate> certificates, Optional<PrivateKeyInfo> key, boolean encrypted) {
    this.certificates = List.copyOf(certificates);
    this.key = key;
    this.encrypted = encrypted;
  }

  /** What a file's key has to do with a certificate. */
  public enum KeyMatch {
    /** It is the certificate's. */
    FITS,
    /** It is another's. */
    FOREIGN,
    /** It is encrypted: nobody can tell without its passphrase. */
    ENCRYPTED,
    /** There is none in the file. */
    ABSENT
  }

  /**
   * Reads a file.
   *
   * @param file at most 64 KiB
   * @return what is in it; perhaps nothing
   * @throws IOException if it cannot be read, or a block of it is malformed
   */
  public static CertificateFile read(Path file) throws IOException {
    return parse(BoundedFiles.read(file, BoundedFiles.PEM_LIMIT));
  }

  static CertificateFile parse(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.contains("-----BEGIN ")) {
      return parseDer(bytes);
    }
    List<X509Certificate> certificates = new ArrayList<>();
    Optional<PrivateKeyInfo> key = Optional.empty();
    boolean encrypted = false;
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
        if (block instanceof X509CertificateHolder certificate) {
          certificates.add(Pem.certificate(certificate.getEncoded()));
        } else if (block instanceof PEMKeyPair pair) {
          key = Optional.of(pair.getPrivateKeyInfo());
        } else if (block instanceof PrivateKeyInfo info) {
          key = Optional.of(info);
        } else if (block instanceof PKCS8EncryptedPrivateKeyInfo
            || block instanceof PEMEncryptedKeyPair) {
          encrypted = true;
        }
      }
    } catch (RuntimeException e) {
      // The parsers say what bytes they met in many ways; none would help a person.
      throw new IOException("a PEM block is malformed", e);
    }
    return new CertificateFile(certificates, key, encrypted);
  }

  private static CertificateFile parseDer(byte[] bytes) throws IOException {
    try {
      return new CertificateFile(List.of(Pem.certificate(bytes)), Optional.empty(), false);
    } catch (IOException e) {
      try {
        return new CertificateFile(
            List.of(), Optional.of(PrivateKeyInfo.getInstance(bytes)), false);
      } catch (RuntimeException notAKeyEither) {
        throw e;
      }
    }
  }

  /**
   * The certificates.
   *
   * @return in the order of the file
   */
  public List<X509Certificate> certificates() {
    return certificates;
  }

  /**
   * Whether the key of this file is a certificate's: it signs, and the certificate verifies.
   *
   * @param certificate the certificate, of this file or another
   * @return what can be said
   * @throws IOException if the key is malformed or of a kind that the JDK does not know
   */
  public KeyMatch keyMatch(X509Certificate certificate) throws IOException {
    if (key.isEmpty()) {
      return encrypted ? KeyMatch.ENCRYPTED : KeyMatch.ABSENT;
    }
    String algorithm = certificate.getPublicKey().getAlgorithm();
    try {
      PrivateKey own =
          KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(key.get().getEncoded()));
      Signature signature = Signature.getInstance(signatureOf(algorithm));
      signature.initSign(own);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(PROBE);
      return signature.verify(signed) ? KeyMatch.FITS : KeyMatch.FOREIGN;
    } catch (GeneralSecurityException e) {
      // A key of another kind, or one of another length or curve.
      return KeyMatch.FOREIGN;
    }
  }

  private static String signatureOf(String algorithm) {
    return switch (algorithm) {
      case "EC" -> "SHA256withECDSA";
      case "RSA", "DSA" -> "SHA256with" + algorithm;
      // Ed25519 and Ed448 name the key and the signature alike.
      default -> algorithm;
    };
  }

  /** What is in it; never the key. */
  @Override
  public String toString() {
    return "CertificateFile[" + certificates.size() + " certificates]";
  }
}
