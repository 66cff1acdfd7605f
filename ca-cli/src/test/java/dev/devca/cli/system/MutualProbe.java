package dev.devca.cli.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A Java program that presents a certificate of its own, run in the sandbox with the JDK's classes
 * alone: prints the page of an address. Arguments: the address, a trust store, the password of both
 * stores, and the identity, {@code NAME.p12} or {@code NAME.pem} beside {@code NAME-key.pem}.
 */
final class MutualProbe {
  private static final int LIMIT_MILLIS = 20_000;

  private MutualProbe() {}

  public static void main(String[] args) throws IOException, GeneralSecurityException {
    char[] password = args[2].toCharArray();
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(args[3].endsWith(".p12") ? load(args[3], password) : pem(args[3]), password(args));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(load(args[1], password));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    HttpsURLConnection connection =
        (HttpsURLConnection) URI.create(args[0]).toURL().openConnection();
    connection.setSSLSocketFactory(context.getSocketFactory());
    connection.setConnectTimeout(LIMIT_MILLIS);
    connection.setReadTimeout(LIMIT_MILLIS);
    try (InputStream page = connection.getInputStream()) {
      page.transferTo(System.out);
    }
    System.out.flush();
  }

  private static char[] password(String... args) {
    return args[3].endsWith(".p12") ? args[2].toCharArray() : new char[0];
  }

  private static KeyStore load(String file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      store.load(in, password);
    }
    return store;
  }

  private static KeyStore pem(String file) throws IOException, GeneralSecurityException {
    Certificate[] chain;
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(Certificate[]::new);
    }
    String key = Files.readString(Path.of(file.replace(".pem", "-key.pem")));
    byte[] pkcs8 = Base64.getMimeDecoder().decode(key.replaceAll("-----[^-]+-----", ""));
    PrivateKey secret =
        KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("alice", secret, new char[0], chain);
    return store;
  }
}
