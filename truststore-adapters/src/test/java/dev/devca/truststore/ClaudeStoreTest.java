package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Claude Code's settings, with the kind in JavaScript unless a test says otherwise. */
@ParameterizedClass
@EnumSource(names = {"LINUX", "MAC"})
class ClaudeStoreTest extends TrustStoreContract {
  private static final String SYSTEM = "/etc/ssl/certs/ca-certificates.crt";
  private static final String SETTINGS =
      """
      {
        "model": "opus",
        "env": {
          "FOO": "ü"
        },
        "permissions": {"allow": ["Bash(ls:*)"]}
      }
      """;

  private final FakeHost machine;
  private final OperatingSystem os;
  private final Path settings;
  private final Path pem;

  ClaudeStoreTest(OperatingSystem os) {
    this.os = os;
    machine = new FakeHost(os);
    machine.file("/usr/local/bin/claude", "#!/usr/bin/env node\n");
    settings = machine.home().resolve(".claude/settings.json");
    pem = HostFolders.data(machine.host()).orElseThrow().resolve("claude-extra-ca.pem");
  }

  @BeforeEach
  void writeSettings() {
    settings(SETTINGS);
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  TrustStore store() {
    return new ClaudeProvider().discover(machine.host()).get(0);
  }

  private void settings(String text) {
    machine.file(settings.toString(), text.getBytes(StandardCharsets.UTF_8));
  }

  private List<X509Certificate> certificates() throws IOException {
    return Pem.certificates(Files.readString(pem));
  }

  private void systemTrusts(X509Certificate... roots) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : roots) {
      text.append(Pem.encode(certificate));
    }
    machine.file(SYSTEM, text.toString());
  }

  @Test
  void install_settings_getOneEntry() throws IOException {
    assertThat(store().install(root))
        .isEqualTo(new TrustResult.Trusted(true, "start Claude Code anew"));

    assertThat(Files.readString(settings))
        .isEqualTo(
            SETTINGS.replace(
                "\"FOO\"", "\"NODE_EXTRA_CA_CERTS\": \"%s\",\n    \"FOO\"".formatted(pem)));
    assertThat(certificates()).containsExactly(root);
  }

  @Test
  void install_neverStarted_makesTheFolderAndUninstallTakesItAway() throws IOException {
    Files.delete(settings);
    Files.delete(settings.getParent());
    Map<String, String> before = machine.snapshot();

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(settings).exists();

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_fileOfTheUsers_isMergedAndComesBack() throws IOException {
    X509Certificate corporate = TestRoots.create();
    Path own = machine.file("/corp/ca.pem", Pem.encode(corporate));
    String mine = SETTINGS.replace("\"FOO\"", "\"NODE_EXTRA_CA_CERTS\": \"/corp/ca.pem\", \"FOO\"");
    settings(mine);

    store().install(root);

    assertThat(certificates()).containsExactlyInAnyOrder(corporate, root);
    assertThat(Files.readString(settings)).isEqualTo(mine.replace(own.toString(), pem.toString()));
    // Claude Code itself writes its settings.
    settings(Files.readString(settings).replace("opus", "sonnet"));
    store().install(other);
    assertThat(certificates()).containsExactlyInAnyOrder(corporate, root, other);
    store().uninstall(other);
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(Files.readString(settings)).isEqualTo(mine.replace("opus", "sonnet"));
    assertThat(pem).doesNotExist();
  }

  @Test
  void install_fileOfTheShells_isMerged() throws IOException {
    X509Certificate corporate = TestRoots.create();
    machine.file("/corp/ca.pem", Pem.encode(corporate));
    machine.environment.put("NODE_EXTRA_CA_CERTS", "/corp/ca.pem");

    store().install(root);

    assertThat(certificates()).containsExactlyInAnyOrder(corporate, root);
  }

  @Test
  void uninstall_settingsWrittenMeanwhile_takesOutTheEntryAlone() throws IOException {
    store().install(root);
    settings(Files.readString(settings).replace("opus", "sonnet"));

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(Files.readString(settings)).isEqualTo(SETTINGS.replace("opus", "sonnet"));
  }

  @Test
  void uninstall_entryOfTheUsers_isLeftAlone() throws IOException {
    store().install(root);
    String mine = "{\"env\": {\"NODE_EXTRA_CA_CERTS\": \"/my.pem\"}}";
    settings(mine);
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));

    store().uninstall(root);

    assertThat(Files.readString(settings)).isEqualTo(mine);
    assertThat(pem).doesNotExist();
  }

  @Test
  void install_nativeProgram_needsItOnlyWhereTheSystemLacksTheRoot() throws IOException {
    machine.file("/usr/local/bin/claude", "\u007fELF");
    systemTrusts(other);
    if (os == OperatingSystem.LINUX) {
      assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
    }
    systemTrusts(other, root);
    Map<String, String> before = machine.snapshot();

    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store(), root))
          .isEqualTo(new TrustResult.Absent("Claude Code goes by the system's store"));
    }
    assertThat(machine.snapshot()).isEqualTo(before);

    settings(SETTINGS.replace("\"FOO\"", "\"CLAUDE_CODE_CERT_STORE\": \"bundled\", \"FOO\""));
    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
  }

  @Test
  void everyOperation_noClaude_isAbsent() throws IOException {
    Files.delete(machine.files.getPath("/usr/local/bin/claude"));
    Map<String, String> before = machine.snapshot();

    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store(), root))
          .isEqualTo(new TrustResult.Absent("no Claude Code was found"));
    }
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".nvm/versions/node/v20/bin/claude",
        ".local/bin/claude",
        ".claude/local/node_modules/.bin/claude"
      })
  void install_programOutsideThePath_isFound(String place) throws IOException {
    Files.delete(machine.files.getPath("/usr/local/bin/claude"));
    machine.file(machine.home().resolve(place).toString(), "#!/usr/bin/env node\n");

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
  }

  @Test
  void install_settingsThatAreNoJson_changesNothingAndSaysWhere() {
    settings("{\n  // mine\n}\n");
    Map<String, String> before = machine.snapshot();

    assertThat(store().install(root))
        .isEqualTo(
            new TrustResult.Unavailable(
                "cannot understand " + settings + ": it is no JSON, as line 2 shows",
                "mend that, and run the same command again"));
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_entryThatIsNoWholePath_isRefused() {
    settings("{\"env\": {\"NODE_EXTRA_CA_CERTS\": \"ca.pem\"}}");

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.FAILED);
  }

  @Test
  void install_settingsFolderOfTheUsers_isUsed() throws IOException {
    Path folder = machine.directory("/work/claude");
    machine.environment.put("CLAUDE_CONFIG_DIR", folder.toString());

    store().install(root);

    assertThat(Files.readString(folder.resolve("settings.json"))).contains(pem.toString());
    assertThat(Files.readString(settings)).isEqualTo(SETTINGS);
  }

  @Test
  void uninstall_settingsWithCommentsThatDevcaNeverChanged_isNoFailure() {
    settings("{ // mine\n}\n");

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(settings).hasContent("{ // mine\n}\n");
  }

  @Test
  void uninstall_settingsGotCommentsSinceTheInstall_isNotPassedOver() throws IOException {
    store().install(root);
    settings("// mine\n" + Files.readString(settings));

    assertThat(store().uninstall(root).kind()).isEqualTo(TrustResult.Kind.UNAVAILABLE);
  }
}
