package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Node on a Mac: what is started from the Dock, and from zsh. */
class LaunchAgentTest {
  private static final String VARIABLE = "NODE_EXTRA_CA_CERTS";
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private final NodeMachine node = new NodeMachine(OperatingSystem.MAC);
  private final X509Certificate root = TestRoots.create();

  /** The variables of the desktop session. */
  private final Map<String, String> session = new HashMap<>();

  @BeforeEach
  void session() {
    node.machine.file("/bin/zsh", "");
    node.machine.program("/bin/launchctl", command -> launchctl(command.arguments()));
  }

  private CommandRunner.Result launchctl(List<String> arguments) {
    String name = arguments.get(2);
    String output = "";
    switch (arguments.get(1)) {
      case "getenv" -> output = session.containsKey(name) ? session.get(name) + "\n" : "";
      case "setenv" -> session.put(name, arguments.get(3));
      case "unsetenv" -> session.remove(name);
      default -> throw new AssertionError(arguments);
    }
    return new CommandRunner.Result(0, output.getBytes(StandardCharsets.UTF_8), new byte[0]);
  }

  private Path file() {
    return node.home.resolve("Library/LaunchAgents/dev.devca.NODE_EXTRA_CA_CERTS.plist");
  }

  @Test
  void install_mac_setsTheVariableAtLoginAndNow() throws IOException {
    assertThat(node.store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);

    Map<String, Object> agent = PropertyList.parse(Files.readAllBytes(file()));
    assertThat(agent)
        .containsEntry("Label", "dev.devca.NODE_EXTRA_CA_CERTS")
        .containsEntry("RunAtLoad", true)
        .containsEntry(
            "ProgramArguments", List.of("/bin/launchctl", "setenv", VARIABLE, node.pem.toString()));
    assertThat(session).containsExactly(Map.entry(VARIABLE, node.pem.toString()));
    assertThat(node.text(".zprofile")).contains(NodeMachine.BEGIN);
    assertThat(node.text(".zshrc")).contains(NodeMachine.BEGIN);
  }

  @Test
  void uninstall_mac_leavesNeitherFileNorVariable() {
    var before = node.machine.snapshot();
    node.store().install(root);

    assertThat(node.store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(session).isEmpty();
    assertThat(file().getParent()).doesNotExist();
    assertThat(node.machine.snapshot().keySet()).isEqualTo(before.keySet());
  }

  @Test
  void install_sessionHasAnotherValue_leavesIt() {
    session.put(VARIABLE, "/corp/roots.pem");

    node.store().install(root);
    assertThat(session).containsEntry(VARIABLE, "/corp/roots.pem");

    node.store().uninstall(root);
    assertThat(session).containsEntry(VARIABLE, "/corp/roots.pem");
  }

  @Test
  void install_noSession_isTrustedAllTheSame() {
    node.machine.program(
        "/bin/launchctl", command -> FakeHost.exits(125, "Domain does not support action"));

    assertThat(node.store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(node.store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
  }

  @Test
  void status_agentDeletedByHand_isNotTrustedUntilInstalledAgain() throws IOException {
    node.store().install(root);
    Files.delete(file());

    assertThat(node.store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(node.store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(file()).exists();
  }

  @Test
  void content_oddPath_isReadBackByPython() throws IOException {
    assumeTrue(Files.isExecutable(PYTHON), "there is no " + PYTHON);
    Path odd = node.machine.files.getPath("/Users/R&D <x> 'VALUE'/é.pem");
    LaunchAgent agent = LaunchAgent.of(node.machine.host(), node.home, List.of(VARIABLE)).get(0);

    CommandRunner.Result read =
        new ProcessRunner(Map.of("PYTHONIOENCODING", "utf-8"))
            .run(
                CommandRunner.Command.of(
                        PYTHON.toString(),
                        "-c",
                        "import plistlib, sys;"
                            + " print(plistlib.loads(sys.stdin.buffer.read())['ProgramArguments'][3])")
                    .withInput(agent.content(odd)));

    assertThat(read.text().strip()).isEqualTo(odd.toString());
  }

  @Test
  void of_linux_isNone() {
    NodeMachine linux = new NodeMachine(OperatingSystem.LINUX);

    assertThat(LaunchAgent.of(linux.machine.host(), linux.home, List.of(VARIABLE))).isEmpty();
  }
}
