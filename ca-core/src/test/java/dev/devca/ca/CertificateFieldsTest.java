package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the parsers of the JDK and of Bouncy Castle, on the roots of the world. */
class CertificateFieldsTest {

  private static List<X509Certificate> roots() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    Path cacerts = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    try (InputStream in = Files.newInputStream(cacerts)) {
      store.load(in, "changeit".toCharArray());
    }
    List<X509Certificate> roots = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.getCertificate(alias) instanceof X509Certificate certificate) {
        roots.add(certificate);
      }
    }
    assertThat(roots).hasSizeGreaterThan(80);
    return roots;
  }

  private static void assertRead(X509Certificate expected) throws Exception {
    CertificateFields fields = CertificateFields.read(expected.getEncoded());

    assertThat(fields.der()).isEqualTo(expected.getEncoded());
    assertThat(fields.issuer()).isEqualTo(expected.getIssuerX500Principal().getEncoded());
    assertThat(fields.subject()).isEqualTo(expected.getSubjectX500Principal().getEncoded());
    assertThat(fields.publicKey()).isEqualTo(expected.getPublicKey().getEncoded());
    assertThat(fields.validity())
        .isEqualTo(
            new Validity(expected.getNotBefore().toInstant(), expected.getNotAfter().toInstant()));
    assertThat(fields.isCa()).isEqualTo(expected.getBasicConstraints() >= 0);
    boolean[] usage = expected.getKeyUsage();
    assertThat(fields.maySignCertificates()).isEqualTo(usage == null || usage[5]);
    Extensions extensions =
        Certificate.getInstance(expected.getEncoded()).getTBSCertificate().getExtensions();
    ASN1ObjectIdentifier[] oids =
        extensions == null ? new ASN1ObjectIdentifier[0] : extensions.getExtensionOIDs();
    assertThat(fields.extensions()).hasSize(oids.length);
    for (ASN1ObjectIdentifier oid : oids) {
      assertThat(new DEROctetString(fields.value(oid)).getEncoded())
          .isEqualTo(expected.getExtensionValue(oid.getId()));
    }
    if (extensions != null) {
      SubjectKeyIdentifier own = SubjectKeyIdentifier.fromExtensions(extensions);
      assertThat(fields.subjectKeyIdentifier())
          .isEqualTo(own == null ? null : own.getKeyIdentifier());
      AuthorityKeyIdentifier other = AuthorityKeyIdentifier.fromExtensions(extensions);
      assertThat(fields.authorityKeyIdentifier())
          .isEqualTo(other == null ? null : other.getKeyIdentifierOctets());
    }
  }

  /** The JDK is not asked before such a root goes into trust stores. */
  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P256", "ED25519", "RSA2048"})
  void isPlainRoot_anyBitOfARootAnother_isNotOrTheJdkReadsIt(KeyType type) throws Exception {
    byte[] root =
        CertificateAuthority.inMemory(CaOptions.defaults().withKeyType(type))
            .rootCertificate()
            .getEncoded();
    CertificateFields fields = CertificateFields.read(root);
    AlgorithmIdentifier own = AlgorithmIdentifier.getInstance(fields.algorithm());
    assertThat(fields.isPlainRoot(own)).isTrue();
    int plain = 0;
    for (int bit = 0; bit < root.length * Byte.SIZE; bit++) {
      byte[] other = root.clone();
      other[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      try {
        Issuer.of(other);
      } catch (IOException e) {
        continue;
      }
      CertificateFields changed = CertificateFields.read(other);
      // Its key is compared with the CA's own.
      if (changed.isPlainRoot(own) && Arrays.equals(changed.publicKey(), fields.publicKey())) {
        assertThatCode(() -> Pem.certificate(other)).as("bit %s", bit).doesNotThrowAnyException();
        plain++;
      }
    }
    // Those of the serial number, of times, and of the signature.
    assertThat(plain).isGreaterThan(Byte.SIZE * Byte.SIZE);
  }

  @Test
  void read_rootsOfTheJdk_isWhatOthersRead() throws Exception {
    for (X509Certificate root : roots()) {
      assertRead(root);
    }
  }

  @Test
  void read_ours_isWhatOthersRead() throws Exception {
    CertificateAuthority ca =
        CertificateAuthority.inMemory(CaOptions.defaults().withPermitted("app.test"));
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("app.test"));

    assertRead(ca.rootCertificate());
    for (X509Certificate certificate : leaf.chain()) {
      assertRead(certificate);
    }
  }

  /** One octet cut off anywhere, or one too many at the end. */
  @Test
  void read_tornOrLonger_isRefused() throws Exception {
    byte[] good =
        CertificateAuthority.inMemory(CaOptions.defaults()).rootCertificate().getEncoded();
    for (int length = 0; length < good.length; length++) {
      byte[] torn = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> Issuer.of(torn))
          .hasMessageStartingWith("it is no X.509 certificate: ");
    }
    assertThatThrownBy(() -> Issuer.of(Arrays.copyOf(good, good.length + 1)))
        .hasMessage("it is no X.509 certificate: there is more in it than belongs there");
  }

  @Test
  void read_extensionTwice_isRefused() throws Exception {
    byte[] key = HexFormat.of().parseHex("3000");
    byte[] time = new Validity(Instant.EPOCH, Instant.EPOCH).der();
    byte[] extension = HexFormat.of().parseHex("300b0603551d0e040402020102");
    byte[] extensions = Der.element(Der.explicit(3), Der.sequence(extension, extension));
    byte[] signed =
        Der.sequence(
            HexFormat.of().parseHex("a003020102020101"), key, key, time, key, key, extensions);
    byte[] der = Der.sequence(signed, key, HexFormat.of().parseHex("030100"));

    assertThatThrownBy(() -> CertificateFields.read(der)).hasMessage("it has an extension twice");
  }
}
