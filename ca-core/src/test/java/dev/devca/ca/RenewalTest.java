package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RenewalTest {
  private static final LeafRequest REQUEST =
      LeafRequest.forNames("app.test").withValidity(Duration.ofDays(30));

  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());

  @ParameterizedTest
  @EnumSource(names = {"P256", "P384", "ED25519", "RSA2048"})
  void with_keyOfALeaf_issuesForIt(KeyType type) throws Exception {
    IssuedCertificate first = ca.issue(REQUEST.withKeyType(type));

    IssuedCertificate second = ca.renewal().with(REQUEST, first.privateKey());

    X509Certificate leaf = second.chain().get(0);
    assertThat(leaf.getPublicKey()).isEqualTo(first.chain().get(0).getPublicKey());
    assertThat(leaf.getSerialNumber()).isNotEqualTo(first.chain().get(0).getSerialNumber());
    assertThat(second.privateKeyPem()).isEqualTo(first.privateKeyPem());
    leaf.verify(ca.rootCertificate().getPublicKey());
  }

  @Test
  void with_keyOfAnotherKind_isRefused() throws Exception {
    PrivateKey dsa = KeyPairGenerator.getInstance("DSA").generateKeyPair().getPrivate();

    assertThatThrownBy(() -> ca.renewal().with(REQUEST, dsa))
        .isInstanceOf(CaException.class)
        .hasMessageStartingWith("cannot keep the key: the key algorithm");
  }

  @Test
  void of_leafOfThisCa_issuesForItsPublicKey() throws Exception {
    X509Certificate earlier = ca.issue(REQUEST).chain().get(0);

    X509Certificate leaf = ca.renewal().of(REQUEST, earlier, ca.ownFiles()).chain().get(0);

    assertThat(leaf.getPublicKey()).isEqualTo(earlier.getPublicKey());
    assertThat(leaf.getSerialNumber()).isNotEqualTo(earlier.getSerialNumber());
    leaf.verify(ca.rootCertificate().getPublicKey());
  }

  @Test
  void of_leafOfAnotherCa_isRefused() throws Exception {
    X509Certificate foreign =
        CertificateAuthority.inMemory(CaOptions.defaults()).issue(REQUEST).chain().get(0);

    assertThatThrownBy(() -> ca.renewal().of(REQUEST, foreign, ca.ownFiles()))
        .isInstanceOf(CaException.class)
        .hasMessageContaining("this CA did not issue");
  }

  @Test
  void of_constrainedCa_staysWithinItsLimits() throws Exception {
    CertificateAuthority narrow =
        CertificateAuthority.inMemory(CaOptions.defaults().withPermitted("app.test"));
    X509Certificate earlier = narrow.issue(REQUEST).chain().get(0);

    assertThat(narrow.renewal().of(REQUEST, earlier, narrow.ownFiles()).chain()).hasSize(2);
    assertThatThrownBy(
            () -> narrow.renewal().of(LeafRequest.forNames("evil.com"), earlier, narrow.ownFiles()))
        .isInstanceOf(CaException.class);
  }

  @Test
  void ownFiles_writtenPair_givesLeafAndKeyBack() throws Exception {
    Path folder = Files.createDirectory(Disk.unix().getPath("/site"));
    Path chain = folder.resolve("a.pem");
    Path key = folder.resolve("a.key");
    IssuedCertificate leaf = ca.issue(REQUEST);
    leaf.writePem(chain, key);

    assertThat(ca.ownFiles().certificate(chain)).contains(leaf.chain().get(0));
    assertThat(ca.ownFiles().key(key).map(PrivateKey::getEncoded))
        .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(leaf.privateKey().getEncoded()));
    assertThat(ca.ownFiles().certificate(key)).isEqualTo(Optional.empty());
    assertThat(ca.ownFiles().key(chain)).isEqualTo(Optional.empty());
    assertThat(CertificateAuthority.inMemory(CaOptions.defaults()).ownFiles().certificate(chain))
        .isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @EnumSource
  void ownFiles_keyStore_givesItsKeyForItsPassword(KeyStoreFormat format) throws Exception {
    Path file = Files.createDirectory(Disk.unix().getPath("/site")).resolve("store");
    IssuedCertificate leaf = ca.issue(REQUEST);
    char[] password = "geheim".toCharArray();
    Files.write(file, leaf.keyStoreFile(format, "devca", password));

    assertThat(ca.ownFiles().key(file, password)).contains(leaf.privateKey());
    assertThat(ca.ownFiles().key(file, "wrong".toCharArray())).isEmpty();
  }
}
