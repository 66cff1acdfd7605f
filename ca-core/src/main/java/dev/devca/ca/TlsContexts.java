package dev.devca.ca;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** What presents a leaf in TLS. */
final class TlsContexts {
  // The key store never leaves this JVM's memory; the JDK wants some password for an entry.
  private static final char[] PASSWORD = {'i', 'n', ' ', 'm', 'e', 'm', 'o', 'r', 'y'};

  private TlsContexts() {}

  static KeyManagerFactory presenting(PrivateKey key, List<X509Certificate> chain) {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(KeyStores.identity("leaf", PASSWORD, key, chain), PASSWORD);
      return keys;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no PKIX key managers", e);
    }
  }

  static SSLContext of(KeyManager[] keys, TrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot make a TLS context", e);
    }
  }
}
