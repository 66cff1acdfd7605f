package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Keystores of any JDK: what can be read can be written with a root more. */
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
    KeyStoreFile again = KeyStoreFile.parse(read.toBytes(), List.of());
    if (!again.trusts(Fingerprint.of(ROOT)) || again.certificates().size() < before) {
      throw new AssertionError("a keystore lost an entry");
    }
  }
}
