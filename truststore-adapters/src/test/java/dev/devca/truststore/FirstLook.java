package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Map;

/** Only reads: what a tool does that shows which stores there are. */
public final class FirstLook implements Runnable {
  @Override
  public void run() {
    Host host =
        Host.of(
            OperatingSystem.LINUX,
            FileSystems.getDefault(),
            Map.of("HOME", System.getProperty("work")),
            command -> {
              throw new IllegalStateException("nothing is to be run: " + command);
            });
    Fingerprint root = Fingerprint.of(someRoot());
    if (TrustStores.isRecorded(host, root)) {
      throw new IllegalStateException("this root was never installed");
    }
  }

  private static X509Certificate someRoot() {
    Path cacerts = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    try {
      KeyStore store = KeyStore.getInstance(cacerts.toFile(), "changeit".toCharArray());
      return (X509Certificate) store.getCertificate(store.aliases().nextElement());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
