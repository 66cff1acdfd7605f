package dev.devca.truststore;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import java.lang.reflect.Constructor;
import java.security.cert.X509Certificate;

/** Root certificates for tests, each another. */
final class TestRoots {
  private TestRoots() {}

  static X509Certificate create() {
    return CertificateAuthority.inMemory(CaOptions.defaults()).rootCertificate();
  }

  /** A certificate that the JDK has not parsed, and cannot. */
  static X509Certificate createUnreadable() throws ReflectiveOperationException {
    Constructor<?> maker =
        Class.forName("dev.devca.ca.EncodedCertificate").getDeclaredConstructor(byte[].class);
    maker.setAccessible(true);
    return (X509Certificate) maker.newInstance((Object) new byte[] {0x30, 0});
  }
}
