package dev.devca.ca;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Run by each JDK, with its own classes alone: whether TLS clients of that JDK accept servers'
 * chains. Arguments: the root, and chains without it.
 */
public final class ServerTrustProbe {
  private ServerTrustProbe() {}

  public static void main(String[] args) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("root", certificates(args[0])[0]);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    X509TrustManager trust = (X509TrustManager) factory.getTrustManagers()[0];
    for (int i = 1; i < args.length; i++) {
      System.out.println(answer(trust, certificates(args[i])));
    }
  }

  private static String answer(X509TrustManager trust, X509Certificate... chain) {
    try {
      trust.checkServerTrusted(chain, "UNKNOWN");
      return "accepted";
    } catch (CertificateException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return "refused: " + cause.getMessage();
    }
  }

  private static X509Certificate[] certificates(String file) throws Exception {
    try (var in = Files.newInputStream(Path.of(file))) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toArray(X509Certificate[]::new);
    }
  }
}
