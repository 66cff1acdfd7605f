package dev.devca.ca;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Run by each JDK, with its own classes alone: opens key stores as an application does, and prints
 * what is in them. Arguments: type, file and password of each.
 */
public final class KeyStoreProbe {
  private KeyStoreProbe() {}

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < args.length; i += 3) {
      char[] password = args[i + 2].toCharArray();
      KeyStore store = KeyStore.getInstance(args[i]);
      try (var in = Files.newInputStream(Path.of(args[i + 1]))) {
        store.load(in, password);
      }
      String alias = store.aliases().nextElement();
      X509Certificate certificate = (X509Certificate) store.getCertificate(alias);
      if (store.isKeyEntry(alias)) {
        PrivateKey key = (PrivateKey) store.getKey(alias, password);
        String algorithm =
            switch (key.getAlgorithm()) {
              case "EC" -> "SHA256withECDSA";
              case "RSA" -> "SHA256withRSA";
              default -> "Ed25519";
            };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update((byte) 1);
        byte[] made = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update((byte) 1);
        System.out.println(
            alias
                + " key, chain of "
                + store.getCertificateChain(alias).length
                + ", matches "
                + signature.verify(made));
      } else {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        X509TrustManager trust = (X509TrustManager) factory.getTrustManagers()[0];
        System.out.println(
            "trusts " + trust.getAcceptedIssuers()[0].getSubjectX500Principal().getName());
      }
    }
  }
}
