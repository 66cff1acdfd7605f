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
  void isOwn_leafBesideItsKey_is(KeyType type) throws Exception {
    ca.issue(LeafRequest.forNames("b.test").withKeyType(type)).writePem(chain, key);

    assertThat(ca.isOwn(chain, key)).isTrue();
  }

  @Test
  void isOwn_bothInOneFile_is() throws Exception {
    leaf.writePem(chain, chain);

    assertThat(ca.isOwn(chain, chain)).isTrue();
  }

  @Test
  void isOwn_textAroundTheBlocks_is() throws Exception {
    Files.writeString(chain, "# app\r\n" + leaf.chainPem().replace("\n", "\r\n"));
    Files.writeString(key, "Bag Attributes\n" + leaf.privateKeyPem());

    assertThat(ca.isOwn(chain, key)).isTrue();
  }

  @Test
  void isOwn_leafOfAnotherCa_isNot() throws Exception {
    issue(CertificateAuthority.inMemory(CaOptions.defaults())).writePem(chain, key);

    assertThat(ca.isOwn(chain, key)).isFalse();
  }

  @Test
  void isOwn_keyOfAnotherLeaf_isNot() throws Exception {
    Files.writeString(key, issue(ca).privateKeyPem());

    assertThat(ca.isOwn(chain, key)).isFalse();
  }

  @Test
  void isOwn_theWrongWayRound_isNot() {
    assertThat(ca.isOwn(key, chain)).isFalse();
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
  void isOwn_otherContent_isNot(String content) throws Exception {
    Files.writeString(chain, content);
    assertThat(ca.isOwn(chain, key)).isFalse();

    leaf.writePem(chain, key);
    Files.writeString(key, content);
    assertThat(ca.isOwn(chain, key)).isFalse();
  }

  @Test
  void isOwn_largeFile_isNot() throws Exception {
    Files.writeString(chain, leaf.chainPem() + " ".repeat(1 << 20));

    assertThat(ca.isOwn(chain, key)).isFalse();
  }

  @Test
  void isOwn_missingOrNoFile_isNot() throws Exception {
    assertThat(ca.isOwn(chain, key.resolveSibling("no"))).isFalse();
    assertThat(ca.isOwn(chain.resolveSibling("no"), key)).isFalse();
    assertThat(ca.isOwn(chain.getParent(), key)).isFalse();
    assertThat(ca.isOwn(chain, key.getParent())).isFalse();
  }

  @Test
  void isOwn_linkToOurs_isNot() throws Exception {
    Path link = Files.createSymbolicLink(chain.resolveSibling("link"), chain);
    Path keyLink = Files.createSymbolicLink(chain.resolveSibling("key-link"), key);

    assertThat(ca.isOwn(link, key)).isFalse();
    assertThat(ca.isOwn(chain, keyLink)).isFalse();
  }
}
