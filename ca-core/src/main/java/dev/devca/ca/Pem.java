package dev.devca.ca;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Certificates and keys as text, RFC 7468.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="pem"}
 */
public final class Pem {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  // RFC 7468 §2: generators wrap at 64 characters and parsers may rely on it.
  private static final int LINE = 64;

  /** One block: its label, and the text between the lines that hold it. */
  record Block(String label, String body) {

    byte[] der() throws IOException {
      try {
        return Base64.getDecoder().decode(body);
      } catch (IllegalArgumentException e) {
        throw new IOException("a PEM block of " + label + " is not base64", e);
      }
    }

    /** As PKCS #8, RFC 7468 §10 and §11, or as OpenSSL has named it before. */
    boolean isPrivateKey() {
      return label.endsWith(PRIVATE_KEY);
    }

    /** Never the body, which may be a key. */
    @Override
    public String toString() {
      return label;
    }
  }

  private Pem() {}

  /**
   * A certificate as a PEM block.
   *
   * @param certificate the certificate
   * @return the block, ending in a line feed
   */
  public static String encode(X509Certificate certificate) {
    try {
      return encode(CERTIFICATE, certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("the certificate has no encoding", e);
    }
  }

  static String encodeCertificate(byte[] der) {
    return encode(CERTIFICATE, der);
  }

  static String encodePrivateKey(byte[] pkcs8) {
    return encode(PRIVATE_KEY, pkcs8);
  }

  static String encode(String label, byte[] der) {
    return BEGIN
        + label
        + DASHES
        + "\n"
        + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der)
        + "\n"
        + END
        + label
        + DASHES
        + "\n";
  }

  /**
   * Reads the certificates of a PEM text. Text outside of blocks is passed over.
   *
   * @param pem the text, perhaps with none
   * @return the certificates in order
   * @throws IOException if a block is malformed, holds another thing, or is no X.509 certificate
   */
  public static List<X509Certificate> certificates(String pem) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(pem)) {
      if (!block.label().equals(CERTIFICATE)) {
        throw new IOException("expected " + CERTIFICATE + ", found " + block.label());
      }
      certificates.add(certificate(block.der()));
    }
    return certificates;
  }

  static X509Certificate certificate(byte[] der) throws IOException {
    try {
      Certificate certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
      // The JDK passes over what follows, and reads PEM too; a fingerprint is of all bytes.
      if (certificate instanceof X509Certificate x509 && Arrays.equals(der, x509.getEncoded())) {
        return x509;
      }
      throw new IOException("it is no X.509 certificate");
    } catch (CertificateException e) {
      throw new IOException("it is no X.509 certificate", e);
    }
  }

  /** The bytes of the one certificate in a text. */
  static byte[] oneCertificate(String pem) throws IOException {
    return one(pem, CERTIFICATE);
  }

  /** The same where private keys may stand in it too. */
  static byte[] oneCertificateWithKeys(String pem) throws IOException {
    return one(blocks(pem).stream().filter(block -> !block.isPrivateKey()).toList(), CERTIFICATE);
  }

  /** Whether there is a private key in a text, of any kind and perhaps encrypted. */
  static boolean hasPrivateKey(String pem) throws IOException {
    return blocks(pem).stream().anyMatch(Block::isPrivateKey);
  }

  /** The PKCS #8 bytes of the one private key in a text. */
  static byte[] onePrivateKey(String pem) throws IOException {
    return one(pem, PRIVATE_KEY);
  }

  static byte[] one(String pem, String label) throws IOException {
    return one(blocks(pem), label);
  }

  private static byte[] one(List<Block> blocks, String label) throws IOException {
    if (blocks.isEmpty()) {
      throw new IOException("expected " + label + ", found no PEM block");
    }
    if (blocks.size() > 1) {
      throw new IOException("expected one " + label + ", found " + blocks.size() + " PEM blocks");
    }
    if (!blocks.get(0).label().equals(label)) {
      throw new IOException("expected " + label + ", found " + blocks.get(0).label());
    }
    return blocks.get(0).der();
  }

  static List<Block> blocks(String pem) throws IOException {
    List<Block> blocks = new ArrayList<>();
    String label = "";
    StringBuilder body = new StringBuilder();
    for (String line : (Iterable<String>) pem.lines()::iterator) {
      String text = line.strip();
      if (label.isEmpty()) {
        if (text.startsWith(BEGIN) && text.endsWith(DASHES) && text.length() > 16) {
          label = text.substring(BEGIN.length(), text.length() - DASHES.length());
        }
      } else if (text.equals(END + label + DASHES)) {
        blocks.add(new Block(label, body.toString()));
        label = "";
        body.setLength(0);
      } else if (text.startsWith(DASHES)) {
        throw new IOException("a PEM block of " + label + " has no end");
      } else {
        body.append(text);
      }
    }
    if (!label.isEmpty()) {
      throw new IOException("a PEM block of " + label + " has no end");
    }
    return blocks;
  }
}
