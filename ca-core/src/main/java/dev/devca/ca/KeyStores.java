package dev.devca.ca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** Key stores in memory. */
final class KeyStores {
  private KeyStores() {}

  static KeyStore identity(
      String alias, char[] password, PrivateKey key, List<X509Certificate> chain) {
    try {
      KeyStore store = empty();
      store.setKeyEntry(alias, key, password, chain.toArray(X509Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK has no PKCS #12 key store", e);
    }
  }

  static KeyStore trust(X509Certificate root) {
    try {
      KeyStore store = empty();
      store.setCertificateEntry("devca-" + Fingerprint.of(root).shortHex(), root);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK has no PKCS #12 key store", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
