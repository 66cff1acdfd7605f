package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnFilesTest {
  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());
  private final IssuedCertificate leaf = issue(ca);

  private Path chain;
  private Path key;

  private static IssuedCertificate issue(CertificateAuthority issuer) {
    try {
      return issuer.issue(LeafRequest.forNames("app.test"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void write() throws IOException {
    Path folder = Files.createDirectory(Disk.unix().getPath("/site"));
    chain = folder.resolve("app.test.pem");
    key = folder.resolve("app.test-key.pem");
    leaf.writePem(chain, key);
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "ED25519", "RSA2048"})
  void isPair_leafBesideItsKey_is(KeyType type) throws Exception {
    ca.issue(LeafRequest.forNames("b.test").withKeyType(type)).writePem(chain, key);

    assertThat(ca.ownFiles().isPair(chain, key)).isTrue();
  }

  @Test
  void isPair_bothInOneFile_is() throws Exception {
    leaf.writePem(chain, chain);

    assertThat(ca.ownFiles().isPair(chain, chain)).isTrue();
  }

  @Test
  void isPair_textAroundTheBlocks_is() throws Exception {
    Files.writeString(chain, "# app\r\n" + leaf.chainPem().replace("\n", "\r\n"));
    Files.writeString(key, "Bag Attributes\n" + leaf.privateKeyPem());

    assertThat(ca.ownFiles().isPair(chain, key)).isTrue();
  }

  @Test
  void isPair_leafOfAnotherCa_isNot() throws Exception {
    issue(CertificateAuthority.inMemory(CaOptions.defaults())).writePem(chain, key);

    assertThat(ca.ownFiles().isPair(chain, key)).isFalse();
  }

  @Test
  void isPair_keyOfAnotherLeaf_isNot() throws Exception {
    Files.writeString(key, issue(ca).privateKeyPem());

    assertThat(ca.ownFiles().isPair(chain, key)).isFalse();
  }

  @Test
  void isPair_theWrongWayRound_isNot() {
    assertThat(ca.ownFiles().isPair(key, chain)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nginx",
        "-----BEGIN CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n"
      })
  void isPair_otherContent_isNot(String content) throws Exception {
    Files.writeString(chain, content);
    assertThat(ca.ownFiles().isPair(chain, key)).isFalse();

    leaf.writePem(chain, key);
    Files.writeString(key, content);
    assertThat(ca.ownFiles().isPair(chain, key)).isFalse();
  }

  @Test
  void isPair_largeFile_isNot() throws Exception {
    Files.writeString(chain, leaf.chainPem() + " ".repeat(1 << 20));

    assertThat(ca.ownFiles().isPair(chain, key)).isFalse();
  }

  @Test
  void isPair_missingOrNoFile_isNot() throws Exception {
    assertThat(ca.ownFiles().isPair(chain, key.resolveSibling("no"))).isFalse();
    assertThat(ca.ownFiles().isPair(chain.resolveSibling("no"), key)).isFalse();
    assertThat(ca.ownFiles().isPair(chain.getParent(), key)).isFalse();
    assertThat(ca.ownFiles().isPair(chain, key.getParent())).isFalse();
  }

  @Test
  void isPair_linkToOurs_isNot() throws Exception {
    Path link = Files.createSymbolicLink(chain.resolveSibling("link"), chain);
    Path keyLink = Files.createSymbolicLink(chain.resolveSibling("key-link"), key);

    assertThat(ca.ownFiles().isPair(link, key)).isFalse();
    assertThat(ca.ownFiles().isPair(chain, keyLink)).isFalse();
  }

  @Test
  void isPair_der_is() throws Exception {
    Files.write(chain, leaf.certificateDer());
    Files.write(key, leaf.privateKeyDer());

    assertThat(ca.ownFiles().isPair(chain, key)).isTrue();
  }

  @Test
  void isCertificate_leafOfThisCaAlone_is() throws Exception {
    assertThat(ca.ownFiles().isCertificate(chain)).isTrue();
    assertThat(ca.ownFiles().isCertificate(key)).isFalse();

    issue(CertificateAuthority.inMemory(CaOptions.defaults())).writePem(chain, key);

    assertThat(ca.ownFiles().isCertificate(chain)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(KeyStoreFormat.class)
  void isKeyStore_ofThisCaWithItsPassword_is(KeyStoreFormat format) throws Exception {
    char[] password = "geheim".toCharArray();
    CertificateAuthority other = CertificateAuthority.inMemory(CaOptions.defaults());

    Files.write(key, leaf.keyStoreFile(format, "web", password));
    assertThat(ca.ownFiles().isKeyStore(key, password)).isTrue();
    assertThat(ca.ownFiles().isKeyStore(key, "falsch".toCharArray())).isFalse();
    assertThat(other.ownFiles().isKeyStore(key, password)).isFalse();

    Files.write(key, format.trustStoreFile(ca.rootCertificate(), password));
    assertThat(ca.ownFiles().isKeyStore(key, password)).isTrue();
    assertThat(other.ownFiles().isKeyStore(key, password)).isFalse();
    assertThat(ca.ownFiles().isKeyStore(chain, password)).isFalse();
  }
}
