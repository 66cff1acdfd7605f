package dev.devca.ca;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trust in a root, in each form in which Java code asks for it. Only the code that is given one of
 * them trusts the root: no file and no default of this JVM is changed. Immutable and thread-safe.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="trust"}
 */
public final class RootTrust {
  private final X509Certificate root;

  private RootTrust(X509Certificate root) {
    this.root = root;
  }

  /**
   * Trust in a root, of which no more than the certificate need be there.
   *
   * @param root a self-signed CA certificate
   * @return the trust
   */
  public static RootTrust of(X509Certificate root) {
    return new RootTrust(root);
  }

  /**
   * A key store that holds the root and nothing else.
   *
   * @return a new PKCS #12 key store in memory, whose alias holds the root's fingerprint
   */
  public KeyStore keyStore() {
    return KeyStores.trust(root);
  }

  /**
   * A factory for what takes one, such as a server that asks its clients for certificates.
   *
   * @return a new factory, initialised; its managers trust what the root leads to and no more
   * @throws IllegalStateException if the JDK has no PKIX trust managers
   */
  public TrustManagerFactory trustManagerFactory() {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(keyStore());
      return factory;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no PKIX trust managers", e);
    }
  }

  /**
   * A trust manager that trusts the root alone.
   *
   * @return a new manager, thread-safe, which checks host names too where it is asked to (RFC 2818
   *     §3.1)
   * @throws IllegalStateException if the JDK has no PKIX trust managers
   */
  public X509ExtendedTrustManager trustManager() {
    return only(trustManagerFactory().getTrustManagers());
  }

  /**
   * A trust manager that trusts the root and whatever this JVM trusts by default: its {@code
   * cacerts}, or what the system property {@code javax.net.ssl.trustStore} names. What the default
   * is, is read now.
   *
   * @return a new manager, thread-safe, which checks host names too where it is asked to (RFC 2818
   *     §3.1)
   * @throws IllegalStateException if the default cannot be read
   */
  public X509ExtendedTrustManager trustManagerBesideDefaults() {
    try {
      TrustManagerFactory defaults =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      defaults.init((KeyStore) null);
      return new EitherTrustManager(trustManager(), only(defaults.getTrustManagers()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot read what the JDK trusts by default", e);
    }
  }

  /**
   * A context for clients that trust the root alone.
   *
   * @return a new TLS context without a client certificate
   */
  public SSLContext clientContext() {
    return TlsContexts.of(new KeyManager[0], trustManager());
  }

  /**
   * A context for clients that reach servers of the root and all others too, such as a program
   * under test that also calls a public service.
   *
   * @return a new TLS context without a client certificate
   * @throws IllegalStateException if what the JDK trusts by default cannot be read
   */
  public SSLContext clientContextBesideDefaults() {
    return TlsContexts.of(new KeyManager[0], trustManagerBesideDefaults());
  }

  private static X509ExtendedTrustManager only(TrustManager... managers) {
    for (TrustManager manager : managers) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new IllegalStateException("the JDK's trust managers check no host names");
  }
}
