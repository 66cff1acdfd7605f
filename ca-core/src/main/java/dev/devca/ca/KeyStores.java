package dev.devca.ca;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** Key stores by the JDK: PKCS #12 in memory, and JKS files. */
final class KeyStores {
  private static final String PKCS12 = "PKCS12";
  private static final String JKS = "JKS";

  private KeyStores() {}

  static KeyStore identity(
      String alias, char[] password, PrivateKey key, List<X509Certificate> chain) {
    try {
      return identity(PKCS12, alias, password, key, chain);
    } catch (GeneralSecurityException | IOException e) {
      throw missing(PKCS12, e);
    }
  }

  static KeyStore trust(X509Certificate root) {
    try {
      return trust(PKCS12, root);
    } catch (GeneralSecurityException | IOException e) {
      throw missing(PKCS12, e);
    }
  }

  static byte[] jksIdentity(
      String alias, char[] password, PrivateKey key, List<X509Certificate> chain) {
    try {
      return bytes(identity(JKS, alias, password, key, chain), password);
    } catch (GeneralSecurityException | IOException e) {
      throw missing(JKS, e);
    }
  }

  static byte[] jksTrust(X509Certificate root, char[] password) {
    try {
      return bytes(trust(JKS, root), password);
    } catch (GeneralSecurityException | IOException e) {
      throw missing(JKS, e);
    }
  }

  /** With the fingerprint, so that a rotated root never collides with the old one. */
  static String trustAlias(X509Certificate root) {
    return "devca-" + Fingerprint.of(root).shortHex();
  }

  private static KeyStore identity(
      String type, String alias, char[] password, PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty(type);
    store.setKeyEntry(alias, key, password, chain.toArray(X509Certificate[]::new));
    return store;
  }

  private static KeyStore trust(String type, X509Certificate root)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty(type);
    store.setCertificateEntry(trustAlias(root), root);
    return store;
  }

  private static KeyStore empty(String type) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    return store;
  }

  private static byte[] bytes(KeyStore store, char[] password)
      throws GeneralSecurityException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, password);
    return out.toByteArray();
  }

  private static IllegalStateException missing(String type, Exception cause) {
    return new IllegalStateException("the JDK has no key stores of the type " + type, cause);
  }
}
