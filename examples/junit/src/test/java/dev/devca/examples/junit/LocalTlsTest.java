package dev.devca.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.SubjectAltName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the extension gives to the tests of a class. */
@LocalTls({"a.test", "10.0.0.1"})
class LocalTlsTest {

  @Test
  void parameter_leaf_hasTheNamesOfTheAnnotation(CertificateAuthority ca, IssuedCertificate leaf) {
    assertThat(leaf.names())
        .extracting(SubjectAltName::value)
        .containsExactly("a.test", "10.0.0.1");
    assertThat(leaf.rootCertificate()).isEqualTo(ca.rootCertificate());
  }

  @Nested
  class InAnotherClass {
    @Test
    void parameter_leafOfNestedClass_hasTheNamesOfTheOuterOne(IssuedCertificate leaf) {
      assertThat(leaf.names()).hasSize(2);
    }
  }
}
