package dev.devca.truststore;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import java.security.cert.X509Certificate;

/** Root certificates for tests, each another. */
final class TestRoots {
  private TestRoots() {}

  static X509Certificate create() {
    return CertificateAuthority.inMemory(CaOptions.defaults()).rootCertificate();
  }
}
