package dev.devca.ca;

import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/**
 * The kinds of key store file that are written.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="format"}
 */
public enum KeyStoreFormat {
  /** PKCS #12 (RFC 7292) with AES-256 and SHA-256: for Java 12, OpenSSL 1.1 and newer, and Node. */
  PKCS12,
  /** PKCS #12 with Triple DES and SHA-1, for Windows before Server 2019 and Java before 12. */
  LEGACY_PKCS12,
  /** The Java key store, for what reads no PKCS #12. */
  JKS;

  // Room for a host's name, and for what a list of aliases shows.
  private static final int LONGEST_ALIAS = 64;

  byte[] identity(String alias, char[] password, IssuedCertificate leaf) {
    checkPassword(password);
    checkAlias(alias);
    return this == JKS
        ? KeyStores.jksIdentity(alias, password, leaf.privateKey(), leaf.chain())
        : pkcs12(password).identity(alias, leaf.privateKeyDer(), leaf.chainDer());
  }

  /**
   * A trust store: the content of a file that holds one trust anchor and no key. Java takes an
   * entry of PKCS #12 for an anchor only if it is marked so, which it is.
   *
   * @param root the root certificate
   * @param password one or more printable ASCII characters: Java opens no other
   * @return the file's bytes
   * @throws IllegalArgumentException if the password is none; the message says why
   */
  public byte[] trustStoreFile(X509Certificate root, char[] password) {
    checkPassword(password);
    try {
      return this == JKS
          ? KeyStores.jksTrust(root, password)
          : pkcs12(password).trust(KeyStores.trustAlias(root), root.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("the certificate has no encoding", e);
    }
  }

  private Pkcs12 pkcs12(char[] password) {
    SecureRandom random = new SecureRandom();
    return new Pkcs12(
        this == PKCS12
            ? Pkcs12Protection.aes(password, random)
            : Pkcs12Protection.tripleDes(password, random),
        random);
  }

  /**
   * Refuses a password with which some reader of key stores fails.
   *
   * @param password to be one or more printable ASCII characters
   * @throws IllegalArgumentException if it is not; the message says why
   */
  public static void checkPassword(char[] password) {
    for (char c : password) {
      // Java 17 encodes no other for PBES2, and other readers encode them in different ways.
      if (c < ' ' || c > '~') {
        throw new IllegalArgumentException(
            "a key store's password has printable ASCII characters only: Java opens no other");
      }
    }
    if (password.length == 0) {
      throw new IllegalArgumentException("a key store's password is not empty");
    }
  }

  /**
   * Refuses a name for an entry that some reader of key stores cannot show.
   *
   * @param alias to be 1 to 64 printable characters
   * @throws IllegalArgumentException if it is not; the message says so
   */
  public static void checkAlias(String alias) {
    if (alias.isBlank()
        || alias.codePointCount(0, alias.length()) > LONGEST_ALIAS
        || !alias.codePoints().allMatch(Quoted::isPrintable)) {
      throw new IllegalArgumentException("an alias has 1 to 64 printable characters");
    }
  }
}
