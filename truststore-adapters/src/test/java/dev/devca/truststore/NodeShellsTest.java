package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real shells, and Node where there is one, in a home of the test's own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it starts the shells of Unix")
class NodeShellsTest {
  private static final String PRINT = "printf '<%s>' \"$NODE_EXTRA_CA_CERTS\"";
  // What Debian gives a new user, in short.
  private static final String DEBIAN_PROFILE =
      """
      if [ -n "$BASH_VERSION" ]; then
        if [ -f "$HOME/.bashrc" ]; then
          . "$HOME/.bashrc"
        fi
      fi
      """;
  private static final String DEBIAN_BASHRC =
      """
      # ~/.bashrc

      # If not running interactively, don't do anything
      case $- in
          *i*) ;;
            *) return;;
      esac

      PS1='\\u@\\h:\\w\\$ '
      """;
  private static final String BROKEN_BLOCK =
      """
      -----BEGIN CERTIFICATE-----
      broken
      -----END CERTIFICATE-----
      """;
  private static final String CONNECT =
      """
      const tls = require('tls');
      const pem = require('fs').readFileSync(process.argv[2]);
      const server = tls.createServer({ key: pem, cert: pem }, (s) => s.end());
      const done = (word) => { process.stdout.write(word); server.close(); };
      server.on('tlsClientError', () => {});
      server.listen(0, '127.0.0.1', () => {
        const to = { host: '127.0.0.1', port: server.address().port, servername: 'localhost' };
        const client = tls.connect(to, () => { client.end(); done('connected'); });
        client.on('error', (e) => done(e.code));
      });
      """;

  private final X509Certificate root = TestRoots.create();
  private final Map<String, String> environment = new HashMap<>();
  @TempDir private Path temporary;
  private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createDirectory(temporary.resolve("Zo\u00eb M\u00fcller's $HOME"));
    environment.put("HOME", home.toString());
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
  }

  @ParameterizedTest
  @CsvSource({
    "/bin/bash, -lc, true",
    "/bin/bash, -ic, true",
    "/bin/bash, -lic, true",
    "/bin/sh, -lc, true",
    "/bin/bash, -lc, false",
    "/bin/bash, -ic, false",
    "/bin/sh, -lc, false",
    "/usr/bin/zsh, -lc, true",
    "/usr/bin/zsh, -ic, true",
    "/usr/bin/zsh, -lic, true",
    "/usr/bin/fish, -c, true",
    "/usr/bin/fish, -lc, true"
  })
  void install_newShell_exportsTheFileWhileItIsThere(String shell, String options, boolean debian)
      throws IOException {
    requires(shell);
    if (debian) {
      Files.writeString(home.resolve(".profile"), DEBIAN_PROFILE);
      Files.writeString(home.resolve(".bashrc"), DEBIAN_BASHRC);
    }
    Path file = install();

    assertThat(run(shell, options, PRINT).text()).isEqualTo("<" + file + ">");
    assertThat(run(shell, options, "env").text()).contains("NODE_EXTRA_CA_CERTS=" + file + "\n");

    assertThat(errors(run(shell, options, ":"))).isEmpty();

    Files.delete(file);
    CommandRunner.Result without = run(shell, options, PRINT);
    assertThat(without.text()).isEqualTo("<>");
    assertThat(errors(without)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "export NODE_EXTRA_CA_CERTS=~/corp.pem\n"})
  void install_shellOfARemoteCommand_exportsTheFile(String below) throws IOException {
    Files.writeString(home.resolve(".bashrc"), DEBIAN_BASHRC + below);
    Path file = install();

    // What sshd has bash do: read .bashrc though it is not interactive.
    assertThat(run("/bin/bash", "-c", ". ~/.bashrc; " + PRINT).text()).isEqualTo("<" + file + ">");
  }

  @ParameterizedTest
  @ValueSource(strings = {"set -eu\n", "set -o posix\n", "set -o noclobber\nset -f\n"})
  void install_strictProfile_isFine(String options) throws IOException {
    Files.writeString(home.resolve(".bash_profile"), options);
    Path file = install();
    Files.delete(file);

    CommandRunner.Result result = run("/bin/bash", "-lc", "echo done");

    assertThat(result.text()).isEqualTo("done\n");
    assertThat(result.errors()).isEmpty();
  }

  @Test
  void install_profileAssignsItsOwnValue_oursWinsAndHasTheirs() throws IOException {
    X509Certificate corporate = TestRoots.create();
    Path own = Files.writeString(home.resolve("corp.pem"), Pem.encode(corporate));
    Files.writeString(
        home.resolve(".bashrc"), DEBIAN_BASHRC + "export NODE_EXTRA_CA_CERTS=~/corp.pem\n");
    assertThat(run("/bin/bash", "-ic", PRINT).text()).isEqualTo("<" + own + ">");

    Path file = install();

    assertThat(run("/bin/bash", "-ic", PRINT).text()).isEqualTo("<" + file + ">");
    assertThat(Pem.certificates(Files.readString(file))).containsExactly(corporate, root);
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/bin/zsh, .zshrc, -ic, export NODE_EXTRA_CA_CERTS=~/corp.pem",
    "/usr/bin/zsh, .zshenv, -c, export NODE_EXTRA_CA_CERTS=~/corp.pem",
    "/usr/bin/zsh, .zlogin, -lc, export NODE_EXTRA_CA_CERTS=~/corp.pem",
    "/usr/bin/fish, .config/fish/config.fish, -c, set -gx NODE_EXTRA_CA_CERTS ~/corp.pem",
    "/usr/bin/fish, .config/fish/conf.d/z.fish, -c, set -gx NODE_EXTRA_CA_CERTS ~/corp.pem",
    "/usr/bin/fish, .config/fish/conf.d/a.fish, -c, set -gx NODE_EXTRA_CA_CERTS ~/corp.pem"
  })
  void install_startFileAssignsItsOwnValue_oursWinsAndHasTheirs(
      String shell, String name, String options, String line) throws IOException {
    requires(shell);
    X509Certificate corporate = TestRoots.create();
    Path own = Files.writeString(home.resolve("corp.pem"), Pem.encode(corporate));
    Path startFile = home.resolve(name);
    Files.createDirectories(startFile.getParent());
    Files.writeString(startFile, line);
    assertThat(run(shell, options, PRINT).text()).isEqualTo("<" + own + ">");

    Path file = install();

    assertThat(run(shell, options, PRINT).text()).isEqualTo("<" + file + ">");
    assertThat(Pem.certificates(Files.readString(file))).containsExactly(corporate, root);
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(run(shell, options, PRINT).text()).isEqualTo("<" + own + ">");
    assertThat(startFile).hasContent(line);
  }

  @Test
  void install_fishHasAUniversalVariable_oursWinsAndHasTheirs() throws IOException {
    requires("/usr/bin/fish");
    X509Certificate corporate = TestRoots.create();
    Path own = Files.writeString(home.resolve("c\u00f6rp-1.pem"), Pem.encode(corporate));
    run("/usr/bin/fish", "-c", "set -Ux NODE_EXTRA_CA_CERTS ~/c\u00f6rp-1.pem");
    assertThat(run("/usr/bin/fish", "-c", PRINT).text()).isEqualTo("<" + own + ">");

    Path file = install();

    assertThat(run("/usr/bin/fish", "-c", PRINT).text()).isEqualTo("<" + file + ">");
    assertThat(Pem.certificates(Files.readString(file))).containsExactly(corporate, root);
  }

  @Test
  void install_sessionOfSystemd_exportsTheFile() throws IOException {
    // What systemd itself runs to read the files of environment.d.
    String generator =
        "/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator";
    requires(generator);
    Path folder = Files.createDirectories(home.resolve(".config/environment.d"));
    X509Certificate corporate = TestRoots.create();
    Path own = Files.writeString(home.resolve("corp.pem"), Pem.encode(corporate));
    Files.writeString(folder.resolve("90-corp.conf"), "NODE_EXTRA_CA_CERTS=${HOME}/corp.pem\n");
    assertThat(run(generator).text()).contains("NODE_EXTRA_CA_CERTS=" + shown(own));

    Path file = install();

    assertThat(run(generator).text())
        .contains("NODE_EXTRA_CA_CERTS=" + shown(file))
        .doesNotContain("corp.pem");
    assertThat(Pem.certificates(Files.readString(file))).containsExactly(corporate, root);
    store().uninstall(root);
    assertThat(run(generator).text()).contains("NODE_EXTRA_CA_CERTS=" + shown(own));
    assertThat(folder).isDirectoryNotContaining("glob:**devca*");
  }

  /** As the generator quotes a value. */
  private static String shown(Path path) {
    return '"' + path.toString().replace("$", "\\$") + '"';
  }

  private static void requires(String program) {
    assumeTrue(
        Files.isExecutable(Path.of(program)) || "true".equals(System.getenv("CI")),
        "no " + program);
  }

  @Test
  void byHand_lineAsTold_exportsTheFile() throws IOException {
    Path file = install();
    String line = Dialect.POSIX.byHand(List.of("NODE_EXTRA_CA_CERTS"), file.toString());
    Files.writeString(home.resolve(".profile"), line);

    assertThat(run("/bin/sh", "-lc", PRINT).text()).isEqualTo("<" + file + ">");
    assertThat(store().status(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    Files.delete(file);
    CommandRunner.Result without = run("/bin/sh", "-lc", PRINT);
    assertThat(without.text()).isEqualTo("<>");
    assertThat(without.errors()).isEmpty();
  }

  @Test
  void install_node_connectsToALeafOfTheRoot() throws IOException {
    Optional<Path> node = host().program("node");
    assumeTrue(
        node.isPresent() || "true".equals(System.getenv("CI")), "no node: apt install nodejs");
    CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());
    Path own = Files.writeString(home.resolve("corp.pem"), Pem.encode(root) + BROKEN_BLOCK);
    environment.put("NODE_EXTRA_CA_CERTS", own.toString());
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("localhost"));
    Path pem = home.resolve("leaf.pem");
    Files.writeString(pem, leaf.chainPem() + leaf.privateKeyPem());
    Path script = Files.writeString(home.resolve("connect.js"), CONNECT);
    String[] command = {node.orElseThrow().toString(), script.toString(), pem.toString()};
    CommandRunner.Result before = run(command);
    assertThat(before.text()).isEqualTo("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    assertThat(before.lastLine()).as("what Node says of a broken block").contains("Ignoring extra");

    assertThat(store().install(ca.rootCertificate()).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    environment.putAll(ClientEnvironment.of(host()));
    CommandRunner.Result result = run(command);

    assertThat(result.text()).isEqualTo("connected");
    assertThat(result.errors()).isEmpty();
  }

  private Host host() {
    return Host.of(
        OperatingSystem.LINUX,
        FileSystems.getDefault(),
        environment,
        new ProcessRunner(environment));
  }

  private TrustStore store() {
    return new NodeProvider().discover(host()).get(0);
  }

  private Path install() throws IOException {
    Files.createDirectories(home.resolve(".volta/bin"));
    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    return Path.of(ClientEnvironment.of(host()).get("NODE_EXTRA_CA_CERTS"));
  }

  private CommandRunner.Result run(String... command) throws IOException {
    List<String> line = new ArrayList<>(List.of("/usr/bin/env", "LC_ALL=C.UTF-8"));
    // In the locale C fish does not find its files in a home of such a name.
    line.addAll(List.of(command));
    return new ProcessRunner(environment)
        .run(CommandRunner.Command.of(line.toArray(String[]::new)));
  }

  /** What a shell says, but for an interactive one's complaint that it has no terminal. */
  private static List<String> errors(CommandRunner.Result result) {
    return new String(result.errors(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.contains("terminal process group"))
        .filter(line -> !line.contains("no job control"))
        .toList();
  }
}
