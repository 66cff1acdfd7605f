package dev.devca.ca;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS contexts that present a leaf and trust a root. */
final class TlsContexts {
  // The key store never leaves this JVM's memory; the JDK wants some password for an entry.
  private static final char[] PASSWORD = {'i', 'n', ' ', 'm', 'e', 'm', 'o', 'r', 'y'};

  private TlsContexts() {}

  static SSLContext of(PrivateKey key, List<X509Certificate> chain, X509Certificate root) {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(KeyStores.identity("leaf", PASSWORD, key, chain), PASSWORD);
      return context(keys.getKeyManagers(), root);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot make a TLS context", e);
    }
  }

  static SSLContext trusting(X509Certificate root) {
    try {
      return context(new KeyManager[0], root);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot make a TLS context", e);
    }
  }

  private static SSLContext context(KeyManager[] keys, X509Certificate root)
      throws GeneralSecurityException {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(KeyStores.trust(root));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }
}
