package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the Javadoc do what they say. */
class SnippetsTest {
  @TempDir Path folder;

  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());

  @Test
  void examples_ofFolders_writeWhatTheyName() throws Exception {
    Path home = folder.resolve("ca");
    Snippets.authority(home);
    Path chain = home.resolve("localhost.pem");
    Path key = home.resolve("localhost-key.pem");

    assertThat(chain).content().startsWith("-----BEGIN CERTIFICATE-----\n");
    assertThat(Snippets.own(CertificateAuthority.open(home), chain, key)).isTrue();
    assertThat(
            Snippets.imported(
                    folder.resolve("copy"),
                    home.resolve("rootCA.pem"),
                    home.resolve("rootCA-key.pem"))
                .canIssue())
        .isTrue();
  }

  @Test
  void examples_ofNames_giveNormalForms() {
    assertThat(Snippets.names(Snippets.request()))
        .containsExactly("shop.test", "*.shop.test", "xn--bcher-kva.test");
  }

  @Test
  void examples_ofALeaf_giveEachForm() throws Exception {
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("localhost"));
    Snippets.issued(leaf, folder);

    assertThat(folder.resolve("server-key.pem")).exists();
    Snippets.batch(ca, List.of("a.test", "b.test"), folder);
    assertThat(folder.resolve("b.test-key.pem")).exists();
    assertThat(Snippets.keyStore(leaf)).isNotEmpty();
    assertThat(Snippets.memory().getProtocol()).isEqualTo("TLS");
    assertThat(Snippets.failure(ca, Snippets.request())).startsWith("issued until ");
  }

  @Test
  void examples_ofARoot_giveEachForm() throws Exception {
    assertThat(Snippets.trust(ca).sslContext()).isNotNull();
    assertThat(Snippets.fingerprint(ca.rootCertificate())).hasSize(26);
    assertThat(Snippets.pem(ca, folder.resolve("root.pem"))).containsExactly(ca.rootCertificate());
    Snippets.profile(ca, folder.resolve("root.mobileconfig"));
    assertThat(folder.resolve("root.mobileconfig")).content().contains("<plist");
  }

  @Test
  void example_ofTheLocation_namesAFolder() {
    assertThat(Snippets.location().toString()).isNotEmpty();
  }
}
