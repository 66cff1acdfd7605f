package dev.devca.ca;

import static dev.devca.ca.Disk.names;
import static dev.devca.ca.Disk.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IssuedCertificateTest {
  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());

  @TempDir private Path folder;
  private IssuedCertificate leaf;

  @BeforeEach
  void issue() throws IOException {
    leaf = ca.issue(LeafRequest.forNames("app.test"));
  }

  @Test
  void writePem_folderInPlaceOfAFile_leavesBothAsTheyWere() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Map<String, String> before = snapshot(folder);

    assertThatThrownBy(() -> leaf.writePem(taken, file))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> leaf.writePem(file, taken)).isInstanceOf(IOException.class);

    assertThat(snapshot(folder)).isEqualTo(before);
  }

  @Test
  void writePem_missingFolder_writesNothing() {
    Path no = folder.resolve("no");

    assertThatThrownBy(() -> leaf.writePem(no.resolve("a.pem"), folder.resolve("b.pem")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> leaf.writePem(folder.resolve("a.pem"), no.resolve("b.pem")))
        .isInstanceOf(NoSuchFileException.class);

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void writePem_oneFileReachedInTwoWays_holdsChainAndKey() throws Exception {
    Path link =
        Files.createSymbolicLink(
            folder.resolve("link"), Files.createDirectory(folder.resolve("site")));

    leaf.writePem(folder.resolve("site/both.pem"), link.resolve("both.pem"));

    assertThat(folder.resolve("site/both.pem")).hasContent(leaf.chainPem() + leaf.privateKeyPem());
    assertThat(names(folder.resolve("site"))).containsExactly("both.pem");
  }

  @Test
  void writePem_links_areReplacedAndNotFollowed() throws Exception {
    Path theirs = Files.writeString(folder.resolve("theirs"), "theirs");
    Path chain = Files.createSymbolicLink(folder.resolve("chain.pem"), theirs);
    Path key = Files.createSymbolicLink(folder.resolve("key.pem"), theirs);

    leaf.writePem(chain, key);

    assertThat(theirs).hasContent("theirs");
    assertThat(Files.isSymbolicLink(chain) || Files.isSymbolicLink(key)).isFalse();
    assertThat(ca.ownFiles().isPair(chain, key)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "ED25519", "RSA2048"})
  void toKeyStore_anyKey_holdsKeyAndChainUnderTheAlias(KeyType type) throws Exception {
    IssuedCertificate issued = ca.issue(LeafRequest.forNames("app.test").withKeyType(type));
    char[] password = {'x'};

    KeyStore store = issued.toKeyStore("web", password);

    assertThat(Collections.list(store.aliases())).containsExactly("web");
    assertThat(store.getKey("web", password)).isEqualTo(issued.privateKey());
    assertThat(List.of(store.getCertificateChain("web"))).isEqualTo(issued.chain());
  }

  @Test
  void chain_leafOfTheRoot_isTheLeafAlone() throws Exception {
    List<X509Certificate> chain = leaf.chain();

    assertThat(chain).hasSize(1);
    assertThat(Pem.certificates(leaf.chainPem())).isEqualTo(chain);
    assertThat(leaf.rootCertificate()).isEqualTo(ca.rootCertificate());
    assertThat(leaf.notAfter()).isEqualTo(chain.get(0).getNotAfter().toInstant());
  }
}
