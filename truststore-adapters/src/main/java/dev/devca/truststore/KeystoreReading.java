package dev.devca.truststore;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keystore that one operation reads some times over: bytes that were read last are not parsed
 * again. What was written is. Used by one thread.
 */
final class KeystoreReading {
  private final List<String> passwords;

  private byte[] bytes = {};
  private @Nullable KeyStoreFile content;

  /**
   * Nothing read yet.
   *
   * @param passwords those to try before the usual ones
   */
  KeystoreReading(List<String> passwords) {
    this.passwords = passwords;
  }

  boolean trusts(byte[] now, X509Certificate root) throws IOException {
    return parse(now).trusts(root);
  }

  /** The file with the root in it too. */
  byte[] with(X509Certificate root, byte[] now) throws IOException {
    return changed(now, keystore -> keystore.add(root));
  }

  /** The file without the root. */
  byte[] without(X509Certificate root, byte[] now) throws IOException {
    return changed(now, keystore -> keystore.remove(root));
  }

  /** Whether both are the same to a Java program. */
  boolean holdTheSame(byte[] one, byte[] other) throws IOException {
    return Arrays.equals(one, other)
        || parse(one).holdsTheSameAs(KeyStoreFile.parse(other, passwords));
  }

  @FunctionalInterface
  private interface Change {
    void on(KeyStoreFile keystore) throws IOException;
  }

  private byte[] changed(byte[] now, Change change) throws IOException {
    KeyStoreFile keystore = parse(now);
    // It is no longer what was read.
    content = null;
    change.on(keystore);
    return keystore.toBytes();
  }

  private KeyStoreFile parse(byte[] now) throws IOException {
    KeyStoreFile known = content;
    if (known == null || !Arrays.equals(bytes, now)) {
      known = KeyStoreFile.parse(now, passwords);
      bytes = now;
      content = known;
    }
    return known;
  }
}
