package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsVariableStoreTest extends TrustStoreContract {
  private static final String VARIABLE = "NODE_EXTRA_CA_CERTS";

  private final FakeHost machine = new FakeHost(OperatingSystem.WINDOWS);
  private final FakeRegistry registry = new FakeRegistry();
  private final Path pem =
      machine
          .home()
          .resolve("AppData")
          .resolve("Local")
          .resolve("devca")
          .resolve("node-extra-ca.pem");

  @BeforeEach
  void installNode() {
    machine.environment.put("ProgramFiles", "C:\\Program Files");
    machine.environment.put("LOCALAPPDATA", machine.home() + "\\AppData\\Local");
    machine.file("C:\\Program Files\\nodejs\\node.exe", "MZ");
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  Map<String, String> snapshot() {
    Map<String, String> all = new TreeMap<>(machine.snapshot());
    all.putAll(registry.snapshot());
    return all;
  }

  private Host host() {
    return machine.host().withWindows(() -> new Windows(new FakeCrypt32(), registry, registry));
  }

  @Override
  TrustStore store() {
    return new NodeProvider().discover(host()).get(0);
  }

  @Test
  void install_noValue_setsItAndTellsTheDesktop() throws Exception {
    assertThat(store().id()).isEqualTo("node");
    assertThat(ClientEnvironment.of(host())).isEmpty();

    assertThat(store().install(root))
        .isEqualTo(
            new TrustResult.Trusted(
                true,
                "open a new terminal, or run: devca env --shell powershell | Invoke-Expression"));

    assertThat(registry.snapshot())
        .isEqualTo(Map.of("HKCU\\Environment\\" + VARIABLE, "1 " + pem + "\0"));
    assertThat(Pem.certificates(Files.readString(pem))).containsExactly(root);
    assertThat(registry.announcements).isOne();
    assertThat(ClientEnvironment.of(host())).isEqualTo(Map.of(VARIABLE, pem.toString()));
    store().uninstall(root);
    assertThat(registry.announcements).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "1, C:\\certs\\theirs.pem",
    "2, %ProgramFiles%\\theirs.pem",
    "2, %programfiles%\\theirs.pem",
    "1, C:\\certs\\missing.pem",
    "1, ''",
    "2, %NONE%\\x",
    "1, relative.pem"
  })
  void uninstall_ownValue_isBackAsItWas(int type, String text) throws Exception {
    machine.file("C:\\certs\\theirs.pem", Pem.encode(other));
    machine.file("C:\\Program Files\\theirs.pem", Pem.encode(other));
    registry.put(VARIABLE, type, text);
    Map<String, String> before = snapshot();

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(store().status(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    if (text.contains("theirs")) {
      assertThat(Pem.certificates(Files.readString(pem))).containsExactly(other, root);
      assertThat(store().status(other).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    }

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void install_valueOfTheMachine_isMergedAndNotCopied() throws Exception {
    Path theirs = machine.file("C:\\certs\\theirs.pem", Pem.encode(other));
    machine.environment.put(VARIABLE, theirs.toString());
    Map<String, String> before = snapshot();

    store().install(root);
    machine.environment.put(VARIABLE, pem.toString());
    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(false));

    assertThat(Pem.certificates(Files.readString(pem))).containsExactly(other, root);
    store().uninstall(root);
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void status_ownFileChanged_saysSo() throws Exception {
    Path theirs = machine.file("C:\\certs\\theirs.pem", Pem.encode(other));
    registry.put(VARIABLE, Advapi32.REG_SZ, theirs.toString());
    store().install(root);

    Files.writeString(theirs, Pem.encode(TestRoots.create()));

    assertThat(store().status(root))
        .isEqualTo(new TrustResult.Trusted(false, theirs + " has changed: run devca install"));
  }

  @Test
  void uninstall_setByOthersSince_isLeftToThem() {
    store().install(root);
    registry.put(VARIABLE, Advapi32.REG_SZ, "C:\\new.pem");
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(registry.snapshot()).containsValue("1 C:\\new.pem\0");
    assertThat(pem).doesNotExist();
  }

  @Test
  void install_setByOthersSince_isMerged() throws Exception {
    store().install(root);
    Path theirs = machine.file("C:\\new.pem", Pem.encode(other));
    registry.put(VARIABLE, Advapi32.REG_SZ, theirs.toString());

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);

    assertThat(Pem.certificates(Files.readString(pem))).containsExactly(other, root);
    store().uninstall(root);
    assertThat(registry.snapshot()).containsValue("1 C:\\new.pem\0");
  }

  @Test
  void install_registryRefuses_leavesEverythingAsItWas() {
    registry.fail("RegSetKeyValueW", WindowsException.ERROR_ACCESS_DENIED);
    Map<String, String> before = snapshot();

    assertThat(store().install(root))
        .isEqualTo(
            new TrustResult.Failed(
                "cannot set NODE_EXTRA_CA_CERTS: RegSetKeyValue says access denied",
                "set it yourself, to " + pem + ", then run devca install again"));

    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_registryRefuses_saysWhatToDelete() {
    store().install(root);
    registry.fail("RegDeleteKeyValueW", WindowsException.ERROR_ACCESS_DENIED);

    assertThat(store().uninstall(root))
        .isEqualTo(
            new TrustResult.Failed(
                "cannot change NODE_EXTRA_CA_CERTS: RegDeleteKeyValue says access denied",
                "delete it yourself, among the environment variables of your account"));
    assertThat(store().status(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
  }

  @Test
  void everyOperation_valueThatIsNoText_isUnavailable() {
    registry.put(VARIABLE, 4, "\1");

    TrustResult result =
        new TrustResult.Unavailable(
            "RegGetValue says error 1630", "mend that, and run the same command again");
    assertThat(store().status(root)).isEqualTo(result);
    assertThat(store().install(root)).isEqualTo(result);
    assertThat(store().uninstall(root)).isEqualTo(result);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe",
        "~\\AppData\\Local\\Volta\\bin\\node.exe",
        "~\\scoop\\apps\\nodejs-lts\\current\\node.exe",
        "~\\.bun\\bin\\bun.exe",
        "C:\\tools\\deno.exe"
      })
  void install_programThatReadsIt_isFound(String program) throws Exception {
    Files.delete(machine.files.getPath("C:\\Program Files\\nodejs\\node.exe"));
    Files.delete(machine.files.getPath("C:\\Program Files\\nodejs"));
    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.ABSENT);
    assertThat(store().status(root).kind()).isEqualTo(TrustResult.Kind.ABSENT);
    assertThat(store().uninstall(root).kind()).isEqualTo(TrustResult.Kind.ABSENT);

    machine.environment.put("PATH", "C:\\tools");
    machine.file(program.replace("~", machine.home().toString()), "MZ");

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
  }

  @Test
  void everyOperation_librariesCannotBeLoaded_saysWhatHelps() {
    Host host =
        machine
            .host()
            .withWindows(
                () -> {
                  throw new UnsatisfiedLinkError("blocked by policy");
                });

    assertThat(new NodeProvider().discover(host).get(0).status(root))
        .isEqualTo(
            new TrustResult.Unavailable(
                "the libraries of Windows cannot be called: blocked by policy",
                "let TEMP name a folder from which programs may run, then devca install"));
  }
}
