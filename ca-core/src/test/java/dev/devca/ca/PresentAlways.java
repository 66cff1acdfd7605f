package dev.devca.ca;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** A client that presents its leaf to whoever asks, for whatever CA. */
final class PresentAlways extends X509ExtendedKeyManager {
  private final IssuedCertificate leaf;

  private PresentAlways(IssuedCertificate leaf) {
    this.leaf = leaf;
  }

  static SSLContext context(IssuedCertificate leaf, X509Certificate trusted)
      throws GeneralSecurityException {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(KeyStores.trust(trusted));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {new PresentAlways(leaf)}, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return new String[] {"leaf"};
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return "leaf";
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return new String[0];
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return "";
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return leaf.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return leaf.privateKey();
  }
}
