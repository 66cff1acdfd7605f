package dev.devca.truststore;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/** Keystores of any JDK: what can be written with a root more keeps the others. */
public final class KeyStoreFileFuzz {
  private static final X509Certificate ROOT = TestRoots.create();

  private KeyStoreFileFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    tryOne(data);
    if (data.length > TestKeyStore.DIGEST_BYTES) {
      // No mutation would hit the digest of a JKS.
      byte[] content = Arrays.copyOf(data, data.length - TestKeyStore.DIGEST_BYTES);
      tryOne(TestKeyStore.sealed(content, TestKeyStore.PASSWORD));
    }
  }

  private static void tryOne(byte[] data) throws IOException {
    KeyStoreFile read;
    int before;
    try {
      read = KeyStoreFile.parse(data, List.of());
      before = read.certificates().size();
    } catch (IOException e) {
      // Declared.
      return;
    }
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
