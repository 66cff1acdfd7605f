package dev.devca.truststore;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A program that ends with 0 if a Java program as such trusts a server, else with 3. */
final class TrustProbe {
  static final int TRUSTS = 0;
  static final int REFUSES = 3;

  private TrustProbe() {}

  public static void main(String[] args) throws Exception {
    X509Certificate leaf;
    try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
      leaf = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init((KeyStore) null);
    X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
    try {
      manager.checkServerTrusted(new X509Certificate[] {leaf}, "ECDHE_ECDSA");
      System.exit(TRUSTS);
    } catch (CertificateException e) {
      System.exit(REFUSES);
    }
  }
}
