package dev.devca.ca;

import java.io.IOException;
import java.util.Optional;

/**
 * The key of a CA under a passphrase.
 *
 * @param encrypted an EncryptedPrivateKeyInfo, RFC 5958 §3
 */
record LockedKey(byte[] encrypted) {
  private static final String LABEL = "ENCRYPTED PRIVATE KEY";

  /** The key of a PEM text, or empty if it holds something else. */
  static Optional<LockedKey> find(String pem) throws IOException {
    return pem.contains("-----BEGIN " + LABEL + "-----")
        ? Optional.of(new LockedKey(Pem.one(pem, LABEL)))
        : Optional.empty();
  }

  /** A key under a new passphrase, as PEM. */
  static String pem(byte[] encrypted) {
    return Pem.encode(LABEL, encrypted);
  }

  /**
   * Opens it.
   *
   * @throws Pbes2.WrongPassphraseException if the passphrase is wrong
   * @throws IOException if it is no key that is known; the message says why
   */
  SigningKey open(char[] passphrase) throws IOException {
    byte[] pkcs8 = Pbes2.decrypt(encrypted, passphrase);
    if (pkcs8.length == 0 || pkcs8[0] != 0x30) {
      // One wrong passphrase in 256 leaves a padding that is right; then these are no DER.
      throw new Pbes2.WrongPassphraseException();
    }
    return SigningKey.fromPkcs8(pkcs8);
  }

  @Override
  public String toString() {
    return "locked key";
  }
}
