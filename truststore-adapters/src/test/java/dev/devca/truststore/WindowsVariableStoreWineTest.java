package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The store on Wine's registry, from which Wine as Windows makes the environment of a program. */
class WindowsVariableStoreWineTest extends TrustStoreContract {
  private static final String VARIABLE = "NODE_EXTRA_CA_CERTS";

  private static Wine wine;

  private final FakeHost machine = new FakeHost(OperatingSystem.WINDOWS);

  @BeforeAll
  static void startWine() throws IOException {
    wine = Wine.start();
  }

  @AfterAll
  static void stopWine() throws IOException {
    if (wine != null) {
      wine.close();
    }
  }

  @BeforeEach
  void installNode() {
    machine.file("C:\\node\\node.exe", "MZ");
    machine.environment.put("PATH", "C:\\node");
  }

  @AfterEach
  void takeOut() throws IOException {
    wine.fail("", 0);
    new UserEnvironment(wine.windows()).remove(VARIABLE);
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  Map<String, String> snapshot() {
    Map<String, String> all = new TreeMap<>(machine.snapshot());
    try {
      all.put("HKCU\\Environment", wine.registry());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  @Override
  TrustStore store() {
    return new NodeProvider().discover(machine.host().withWindows(wine::windows)).get(0);
  }

  private static String valueInANewProgram() throws IOException {
    return wine.probe("env", VARIABLE).text().strip();
  }

  @Test
  void install_newProgram_findsTheVariableUntilUninstall() throws Exception {
    assertThat(valueInANewProgram()).isEmpty();

    store().install(root);
    assertThat(valueInANewProgram())
        .isEqualTo("C:\\Users\\Zoë Müller\\AppData\\Local\\devca\\node-extra-ca.pem");

    store().uninstall(root);
    assertThat(valueInANewProgram()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, C:\\a b\\Zoë.pem", "2, %SystemRoot%\\theirs.pem"})
  void uninstall_ownValue_isBackAsItWas(int type, String text) throws Exception {
    new UserEnvironment(wine.windows()).set(VARIABLE, new UserEnvironment.Value(type, text));
    Map<String, String> before = snapshot();

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(valueInANewProgram()).endsWith("node-extra-ca.pem");
    store().uninstall(root);

    assertThat(snapshot()).isEqualTo(before);
    assertThat(valueInANewProgram()).isEqualTo(text.replace("%SystemRoot%", "C:\\windows"));
  }

  @Test
  void install_programThatRuns_isToldOfTheChange() throws Exception {
    // A first message starts the desktop, on which the other program is to listen.
    new UserEnvironment(wine.windows()).remove(VARIABLE);
    Process listener = wine.listen();
    try {
      store().install(root);

      assertThat(listener.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(listener.exitValue()).isZero();
    } finally {
      listener.destroyForcibly();
    }
  }

  @Test
  void install_registryRefuses_leavesEverythingAsItWas() {
    Map<String, String> before = snapshot();
    wine.fail("RegSetKeyValueW", WindowsException.ERROR_ACCESS_DENIED);

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.FAILED);

    assertThat(snapshot()).isEqualTo(before);
  }
}
