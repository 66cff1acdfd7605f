package it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

/** A test of the build that has the certificate: the root of the build's CA signed it. */
class ServerTest {
  private static X509Certificate read(String name) throws Exception {
    try (var in = Files.newInputStream(Path.of("target/devca", name))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Test
  void certificate_ofTheBuild_isSignedByTheRoot() throws Exception {
    X509Certificate leaf = read("server.pem");
    leaf.verify(read("root.pem").getPublicKey());
    assertEquals(2, leaf.getSubjectAlternativeNames().size());
  }
}
