package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(names = {"LINUX", "MAC"})
class NodeExtraCaStoreTest extends TrustStoreContract {
  private final NodeMachine node;

  NodeExtraCaStoreTest(OperatingSystem os) {
    node = new NodeMachine(os);
  }

  @Override
  FakeHost machine() {
    return node.machine;
  }

  @Override
  TrustStore store() {
    return node.store();
  }

  @Test
  void install_freshHome_writesOneFileAndTwoProfiles() throws IOException {
    assertThat(store().install(root))
        .isEqualTo(new TrustResult.Trusted(true, NodeMachine.NEW_TERMINAL));

    assertThat(node.certificates()).containsExactly(root);
    assertThat(mode(node.pem)).isEqualTo("rw-r--r--");
    assertThat(mode(node.pem.getParent())).isEqualTo("rwx------");
    assertThat(node.blocks()).containsExactly(".bashrc", ".profile");
    assertThat(node.text(".profile"))
        .startsWith(NodeMachine.BEGIN)
        .endsWith(NodeMachine.END)
        .contains("devca uninstall")
        .contains(
            "if [ -r '%1$s' ]; then\n  export NODE_EXTRA_CA_CERTS='%1$s'\nfi\n"
                .formatted(node.pem));
  }

  @Test
  void install_fileDamagedByOthers_isWrittenAnew() throws IOException {
    store().install(root);
    Files.writeString(node.pem, Files.readString(node.pem) + "-----BEGIN CERTIFICATE-----\nx\n");
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);

    assertThat(node.certificates()).containsExactly(root);
  }

  @Test
  void uninstall_fileDeletedByOthers_takesTheBlocksOut() throws IOException {
    Map<String, String> before = node.machine.snapshot();
    store().install(root);
    Files.delete(node.pem);
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(node.machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_journalLost_takesOutWhatIsOurs() throws IOException {
    node.profile(".bashrc", "umask 022");
    store().install(root);
    Path journal = node.machine.host().stateDirectory().orElseThrow().resolve("journal");
    try (Stream<Path> entries = Files.list(journal)) {
      for (Path entry : entries.toList()) {
        Files.delete(entry);
      }
    }

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(node.text(".bashrc")).isEqualTo("umask 022");
    assertThat(node.text(".profile")).isEmpty();
    assertThat(node.pem).doesNotExist();
  }

  @Test
  void everyOperation_noHome_isUnavailable() {
    node.machine.environment.remove("HOME");
    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store(), root))
          .isEqualTo(new TrustResult.Unavailable("no home is known: HOME is not set", "set HOME"));
    }

    node.machine.environment.put("HOME", "/nonexistent");
    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store(), root).kind()).isEqualTo(TrustResult.Kind.UNAVAILABLE);
    }
    assertThat(node.machine.files.getPath("/nonexistent")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".nvm/versions/node/v20/bin/node",
        ".volta/bin/node",
        ".local/share/fnm/x",
        ".asdf/installs/nodejs/x",
        ".local/share/mise/installs/node/x",
        "/opt/bun/bin/bun",
        "/usr/local/bin/deno",
        "/usr/bin/code",
        "/usr/bin/cursor",
        "/usr/local/bin/claude"
      })
  void install_anyProgramThatReadsTheVariable_isDone(String program) throws IOException {
    Files.delete(node.machine.files.getPath("/usr/bin/node"));
    node.machine.environment.put("PATH", "/opt/bun/bin");
    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store(), root).kind()).isEqualTo(TrustResult.Kind.ABSENT);
    }

    node.machine.file(node.home.resolve(program).toString(), "");

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
  }

  @Test
  void uninstall_nodeIsGone_takesOutWhatIsOurs() throws IOException {
    Map<String, String> before = node.machine.snapshot();
    store().install(root);
    Files.delete(node.machine.files.getPath("/usr/bin/node"));

    assertThat(store().status(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.ABSENT);
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(store().uninstall(root).kind()).isEqualTo(TrustResult.Kind.ABSENT);

    node.machine.file("/usr/bin/node", "");
    assertThat(node.machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_throughTrustStores_leavesNothingBehind() throws IOException {
    Map<String, String> before = node.machine.snapshot();
    TrustStores stores = TrustStores.on(node.machine.host()).only("node");
    stores.install(root);
    assertThat(TrustStores.installedRoots(node.machine.host())).containsExactly(root);

    assertThat(stores.uninstall(root))
        .extracting(Outcome::result)
        .containsExactly(new TrustResult.NotTrusted(true));

    assertThat(node.machine.snapshot()).isEqualTo(before);
  }

  @Test
  void rights_rootForAnotherUser_areThatUsers() {
    assertThat(store().rights()).isEqualTo(Rights.OWN);
    Host asRoot = node.machine.host().withUserId(0).withInvokingUser(1000);

    assertThat(new NodeProvider().discover(asRoot).get(0).rights()).isEqualTo(Rights.INVOKING_USER);
  }

  @Test
  void clientEnvironment_namesTheFileWhileItIsThere() {
    assertThat(ClientEnvironment.of(node.machine.host())).isEmpty();
    store().install(root);

    assertThat(ClientEnvironment.of(node.machine.host()))
        .containsExactly(Map.entry("NODE_EXTRA_CA_CERTS", node.pem.toString()));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
