package dev.devca.ca;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** The files of a CA, which may have come from anywhere: a root, a key, a key that is encrypted. */
public final class CaFilesFuzz {
  private CaFilesFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    try {
      Issuer.of(Pem.oneCertificate(text)).checkSelfSigned();
    } catch (IOException e) {
      // Declared.
    }
    try {
      SigningKey key =
          LockedKey.find(text).isPresent()
              ? LockedKey.find(text).get().open(ForeignKeyFuzz.PASSPHRASE.toCharArray())
              : SigningKey.fromPkcs8(Pem.onePrivateKey(text));
      key.toPrivateKey();
      key.sign(new byte[100], new SecureRandom());
      SigningKey.publicKeyOf(key.pkcs8());
    } catch (IOException e) {
      // Declared.
    }
  }
}
