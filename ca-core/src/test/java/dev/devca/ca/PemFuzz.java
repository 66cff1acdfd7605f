package dev.devca.ca;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;

/** Files of certificates and keys, as {@code devca doctor} and the stores meet them. */
public final class PemFuzz {
  private PemFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    try {
      for (X509Certificate found :
          Pem.certificates(new String(data, StandardCharsets.ISO_8859_1))) {
        String pem = Pem.encode(found);
        if (!Pem.certificates(pem).get(0).equals(found)) {
          throw new AssertionError("a certificate is another when it is written");
        }
      }
    } catch (IOException e) {
      // Declared.
    }
    try {
      CertificateFile file = CertificateFile.parse(data);
      for (X509Certificate found : file.certificates()) {
        file.keyMatch(found);
      }
    } catch (IOException e) {
      // Declared.
    }
  }
}
