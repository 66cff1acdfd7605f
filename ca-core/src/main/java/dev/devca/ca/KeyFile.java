package dev.devca.ca;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;

/** The file of an open key: written anew with or without a passphrase. */
final class KeyFile {
  private final CaDirectory directory;
  private final Issuer issuer;

  private KeyFile(CaDirectory directory, Issuer issuer) {
    this.directory = directory;
    this.issuer = issuer;
  }

  static KeyFile of(Optional<CaDirectory> directory, Issuer issuer, boolean locked)
      throws CaException {
    String what = "cannot write the CA key";
    if (directory.isEmpty()) {
      throw new CaException(what + ": the CA is in memory", "use a CA folder");
    }
    if (!issuer.hasKey()) {
      throw CanIssue.noKey(what, locked, directory.map(CaDirectory::path));
    }
    return new KeyFile(directory.get(), issuer);
  }

  void encrypt(char[] passphrase, SecureRandom random) throws IOException {
    if (passphrase.length == 0) {
      throw new IllegalArgumentException("a passphrase has at least one character");
    }
    directory.replaceKey(
        issuer, LockedKey.pem(Pbes2.encrypt(issuer.keyPkcs8(), passphrase, random)));
  }

  void decrypt() throws IOException {
    directory.replaceKey(issuer, Pem.encodePrivateKey(issuer.keyPkcs8()));
  }
}
