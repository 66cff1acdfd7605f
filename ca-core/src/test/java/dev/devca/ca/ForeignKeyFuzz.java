package dev.devca.ca;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Keys of others in PEM, open or encrypted, as {@code devca ca import} meets them. */
public final class ForeignKeyFuzz {
  /** Opens the encrypted keys of the corpus. */
  static final String PASSPHRASE = "secret";

  private ForeignKeyFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    try {
      ForeignKey.read(text, PASSPHRASE::toCharArray, new SecureRandom());
    } catch (IOException e) {
      // Declared.
    }
  }
}
