package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/** The whole profile of a root and a leaf, in one place. */
final class CertificateAssertions {
  private CertificateAssertions() {}

  static void assertIsRoot(X509Certificate root) throws Exception {
    root.verify(root.getPublicKey());
    assertThat(root.getVersion()).isEqualTo(3);
    assertThat(root.getIssuerX500Principal()).isEqualTo(root.getSubjectX500Principal());
    assertThat(root.getSubjectX500Principal().getName())
        .matches("CN=devca [0-9a-f]{8},O=devca development CA");
    assertThat(root.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
    assertThat(root.getNonCriticalExtensionOIDs()).containsExactly("2.5.29.14");
    assertThat(root.getBasicConstraints()).isEqualTo(1);
    assertThat(usages(root)).isEqualTo(Set.of(5, 6));
    assertSerial(root);
  }

  /**
   * Asserts all that a leaf for TLS servers has.
   *
   * @param names the subject alternative names as {@code type:value}
   */
  static void assertIsServerLeaf(X509Certificate leaf, X509Certificate root, String... names)
      throws Exception {
    leaf.verify(root.getPublicKey());
    assertThat(leaf.getVersion()).isEqualTo(3);
    assertThat(leaf.getIssuerX500Principal()).isEqualTo(root.getSubjectX500Principal());
    boolean anonymous = leaf.getSubjectX500Principal().getName().isEmpty();
    assertThat(leaf.getCriticalExtensionOIDs())
        .containsExactlyInAnyOrderElementsOf(
            anonymous
                ? List.of("2.5.29.19", "2.5.29.15", "2.5.29.17")
                : List.of("2.5.29.19", "2.5.29.15"));
    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    boolean rsa = leaf.getPublicKey().getAlgorithm().equals("RSA");
    assertThat(usages(leaf)).isEqualTo(rsa ? Set.of(0, 2) : Set.of(0));
    assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(altNames(leaf)).containsExactly(names);
    assertThat(keyIdentifier(leaf)).hasSize(20);
    assertThat(authorityKeyIdentifier(leaf)).isEqualTo(keyIdentifier(root));
    assertSerial(leaf);
  }

  static List<String> altNames(X509Certificate certificate) throws Exception {
    List<String> names = new ArrayList<>();
    certificate
        .getSubjectAlternativeNames()
        .forEach(
            name -> {
              String type =
                  switch ((Integer) name.get(0)) {
                    case 1 -> "email";
                    case 2 -> "dns";
                    case 6 -> "uri";
                    case 7 -> "ip";
                    default -> "other";
                  };
              names.add(type + ":" + name.get(1));
            });
    return names;
  }

  private static void assertSerial(X509Certificate certificate) {
    assertThat(certificate.getSerialNumber().signum()).isEqualTo(1);
    assertThat(certificate.getSerialNumber().bitLength()).isEqualTo(127);
  }

  private static Set<Integer> usages(X509Certificate certificate) {
    Set<Integer> bits = new HashSet<>();
    for (int i = 0; i < certificate.getKeyUsage().length; i++) {
      if (certificate.getKeyUsage()[i]) {
        bits.add(i);
      }
    }
    return bits;
  }

  private static byte[] keyIdentifier(X509Certificate certificate) throws Exception {
    return SubjectKeyIdentifier.fromExtensions(
            new X509CertificateHolder(certificate.getEncoded()).getExtensions())
        .getKeyIdentifier();
  }

  private static byte[] authorityKeyIdentifier(X509Certificate certificate) throws Exception {
    X509CertificateHolder holder = new X509CertificateHolder(certificate.getEncoded());
    assertThat(holder.getExtension(Extension.authorityKeyIdentifier).isCritical()).isFalse();
    return AuthorityKeyIdentifier.fromExtensions(holder.getExtensions()).getKeyIdentifierOctets();
  }
}
