package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of a keystore file, written again in the format it was read in: with the same
 * encryption and integrity check, or the same lack of them. Used by one thread.
 */
sealed interface KeyStoreFile permits JksFile, ProviderKeyStore {
  /** What keytool and the JDK use unless told otherwise; and none at all. */
  List<String> USUAL_PASSWORDS = List.of("changeit", "");

  /**
   * Reads a keystore.
   *
   * @param first the passwords to try before the usual ones
   * @throws IOException if it is damaged; with an {@link UnrecoverableKeyException} as its cause if
   *     no password fits
   */
  static KeyStoreFile parse(byte[] bytes, List<String> first) throws IOException {
    if (bytes.length == 0) {
      throw new IOException("it is empty");
    }
    List<String> passwords = new ArrayList<>(first);
    passwords.addAll(USUAL_PASSWORDS);
    int magic = bytes.length < Integer.BYTES ? 0 : ByteBuffer.wrap(bytes).getInt();
    if (magic == JksFile.MAGIC) {
      return JksFile.parse(bytes, passwords);
    }
    if (magic == ProviderKeyStore.JCEKS_MAGIC) {
      return ProviderKeyStore.jceks(bytes, passwords);
    }
    if (bytes[0] == ProviderKeyStore.SEQUENCE_TAG) {
      return ProviderKeyStore.pkcs12(bytes, passwords);
    }
    throw new IOException("it is damaged: neither JKS nor JCEKS nor PKCS #12");
  }

  /** The formats cannot tell the two apart: a password is checked by a hash of the content. */
  static IOException noPasswordFits(UnrecoverableKeyException wrong) {
    return new IOException("it has another password than expected, or is damaged", wrong);
  }

  boolean trusts(X509Certificate root) throws IOException;

  void add(X509Certificate root) throws IOException;

  void remove(X509Certificate root) throws IOException;

  /** The alias under which a root would be added. */
  default String aliasFor(X509Certificate root) throws IOException {
    String alias = "devca-" + Fingerprint.of(root).shortHex();
    while (hasAlias(alias)) {
      // Another's certificate under our name: setting the entry would replace it.
      alias += "-2";
    }
    return alias;
  }

  boolean hasAlias(String alias) throws IOException;

  /** The certificates that are trusted. */
  List<X509Certificate> certificates() throws IOException;

  /**
   * Whether both trust the same certificates by the same names, have no other entries, and are of
   * one format and password.
   */
  boolean holdsTheSameAs(KeyStoreFile other) throws IOException;

  /**
   * The file with its entries.
   *
   * @throws IOException if one of them is damaged and cannot be written
   */
  byte[] toBytes() throws IOException;
}
