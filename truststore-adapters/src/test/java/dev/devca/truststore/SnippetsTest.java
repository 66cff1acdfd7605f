package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the Javadoc do what they say. */
class SnippetsTest {
  @TempDir Path folder;

  private final X509Certificate root = TestRoots.create();

  @Test
  void examples_ofAWorldOfItsOwn_installThere() throws Exception {
    Host host = Snippets.world(folder);

    assertThat(Snippets.install(host, root))
        .containsExactly("Node.js (NODE_EXTRA_CA_CERTS): trusted");
    assertThat(folder.resolve("state")).isNotEmptyDirectory();
    assertThat(Snippets.describe(TrustStores.on(host).only("node").status(root).get(0).result()))
        .isEqualTo("trusted");
  }

  @Test
  void examples_ofHosts_goWhereTheyAreTold() {
    Host host = Snippets.scripted(folder);

    assertThat(host.home()).contains(folder);
    TrustStore store = new Snippets.FolderStore(folder);
    assertThat(
            Snippets.elevated(host)
                .elevation()
                .run(Rights.ROOT, Operation.INSTALL, List.of(store), root))
        .allSatisfy(
            outcome ->
                assertThat(Snippets.describe(outcome.result()))
                    .isEqualTo("this tool runs as nobody else; to mend it: devca install"));
  }

  @Test
  void example_ofAStore_keepsItsContract() throws Exception {
    List<TrustStore> stores = new Snippets.FolderProvider().discover(Snippets.scripted(folder));
    TrustStore store = stores.get(0);

    assertThat(store.status(root)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(store.install(root)).isEqualTo(new TrustResult.Trusted(true));
    assertThat(store.install(root)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(store.uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(store.uninstall(root)).isEqualTo(new TrustResult.NotTrusted(false));
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
