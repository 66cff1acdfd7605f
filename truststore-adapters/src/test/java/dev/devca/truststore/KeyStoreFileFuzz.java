package dev.devca.truststore;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Keystores of any JDK: what can be written with a root more keeps the others. */
public final class KeyStoreFileFuzz {
  private static final X509Certificate ROOT = TestRoots.create();

  private KeyStoreFileFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    KeyStoreFile read;
    try {
      read = KeyStoreFile.parse(data, List.of());
    } catch (IOException e) {
      // Declared.
      return;
    }
    int before = read.certificates().size();
    read.add(ROOT);
    byte[] written;
    try {
      written = read.toBytes();
    } catch (IOException e) {
      // Declared.
      return;
    }
    KeyStoreFile again = KeyStoreFile.parse(written, List.of());
    if (!again.trusts(ROOT) || again.certificates().size() < before) {
      throw new AssertionError("a keystore lost an entry");
    }
  }
}
