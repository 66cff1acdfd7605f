package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An MCP server on {@code https://localhost}, asked by the official SDK and by Claude Code: over
 * streamable HTTP, over SSE, and for its OAuth metadata.
 */
@Timeout(600)
final class McpIT {
  private static final String HOME = "/home/Zoë Müller";
  private static final String BASE = "https://localhost:9443";
  private static final String GREETED = "http: hello\nsse: hello\noauth: " + BASE + "/register\n";

  @AutoClose private Sandbox sandbox;
  private Caller user;
  private Path sdk;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.open();
    Prerequisite.program(sandbox, "node", "nodejs");
    sdk = NpmPackages.of(sandbox, NpmPackages.MCP_SDK);
    for (String script : List.of("server.mjs", "client.mjs")) {
      // Beside the packages: modules are looked for from the script's folder upwards.
      sandbox.write(sdk + "/" + script, Files.readString(Sandbox.resource("mcp/" + script)));
    }
    sandbox.newHome(HOME);
    user = sandbox.root().env("HOME", HOME).in(HOME).limit(Duration.ofMinutes(2));
  }

  private Running server(String... more) {
    String[] command = {"node", sdk + "/server.mjs", "9443", "localhost.pem", "localhost-key.pem"};
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    Running server = user.limit(Duration.ofMinutes(5)).start(all);
    assertThat(sandbox.awaitListening("127.0.0.1/9443")).isTrue();
    return server;
  }

  /** In a new terminal. */
  private String ask(String more) {
    return user.run("bash", "-lc", "node '" + sdk + "/client.mjs' " + BASE + more).ok().stdout();
  }

  @Test
  void sdk_afterInstall_connectsInEachWay() {
    user.devca("issue", "localhost").ok();
    try (Running server = server()) {
      assertThat(ask(""))
          .isEqualTo(
              """
              http: UNABLE_TO_VERIFY_LEAF_SIGNATURE
              sse: SSE error: TypeError: fetch failed: unable to verify the first certificate
              oauth: Resource server does not implement OAuth 2.0 Protected Resource Metadata.
              """);

      user.devca("install", "--user-only").ok();
      assertThat(ask("")).isEqualTo(GREETED);

      // What an editor starts, with the object that is its "env" in mcp.json.
      String editor =
          """
          const { execFileSync } = require("child_process");
          const [devca, client, base] = process.argv.slice(1);
          const env = { ...process.env, ...JSON.parse(execFileSync(devca, ["env", "--json"])) };
          execFileSync("node", [client, base], { env, stdio: "inherit" });
          """;
      CommandResult started =
          user.run("node", "-e", editor, Caller.LAUNCHER, sdk + "/client.mjs", BASE);
      assertThat(started.ok().stdout()).isEqualTo(GREETED);
      String toml = "import sys, tomllib; print(tomllib.load(sys.stdin.buffer)[sys.argv[1]])";
      assertThat(
              user.input(user.devca("env", "--shell", "dotenv").ok().stdout())
                  .run("/usr/bin/python3", "-c", toml, "NODE_EXTRA_CA_CERTS")
                  .ok()
                  .stdout())
          .isEqualTo(HOME + "/.local/share/devca/node-extra-ca.pem\n");

      user.devca("uninstall", "--user-only").ok();
      assertThat(ask("")).doesNotContain("hello");
    }
  }

  @Test
  void sdk_mutualTls_needsACertificateOfTheCa() {
    user.devca("issue", "localhost").ok();
    user.devca("issue", "--client", "agent.test").ok();
    user.devca("install", "--only", "node").ok();
    String root = user.devca("root").ok().stdout().strip();

    try (Running server = server(root)) {
      assertThat(ask("")).doesNotContain("hello").contains("other side closed");
      assertThat(ask(" agent.test-client.pem agent.test-client-key.pem")).isEqualTo(GREETED);
    }
  }

  @Test
  void claudeCode_ofTheUser_connectsWithItsSettingsAlone() {
    String script =
        NpmPackages.of(sandbox, NpmPackages.CLAUDE_CODE)
            + "/node_modules/@anthropic-ai/claude-code/cli.js";
    sandbox.run("ln", "-s", script, "/usr/local/bin/claude").ok();
    Caller claude = user.env("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
    user.devca("issue", "localhost").ok();
    for (String way : List.of("http /mcp", "sse /sse")) {
      String[] words = way.split(" ", -1);
      String[] add = {"claude", "mcp", "add", "--scope", "user", "--transport", words[0], words[0]};
      String[] all = Arrays.copyOf(add, add.length + 1);
      all[add.length] = BASE + words[1];
      claude.run(all).ok();
    }
    String settings = HOME + "/.claude/settings.json";
    String mine = "{\n    \"model\": \"opus\",\n    \"env\": {\"A\": \"ü\"}\n}";
    sandbox.write(settings, mine);

    String entry =
        "{\"NODE_EXTRA_CA_CERTS\": \"" + HOME + "/.local/share/devca/claude-extra-ca.pem\",\"A\"";

    try (Running server = server()) {
      assertThat(list(claude)).containsOnly("Failed to connect");
      user.devca("install", "--only", "claude").ok();
      assertThat(list(claude)).containsOnly("Connected");
      assertThat(sandbox.read(settings)).isEqualTo(mine.replace("{\"A\"", entry));
    }
    user.devca("issue", "--client", "agent.test").ok();
    try (Running server = server(user.devca("root").ok().stdout().strip())) {
      assertThat(list(claude)).containsOnly("Failed to connect");
      Caller agent =
          claude
              .env("CLAUDE_CODE_CLIENT_CERT", HOME + "/agent.test-client.pem")
              .env("CLAUDE_CODE_CLIENT_KEY", HOME + "/agent.test-client-key.pem");
      assertThat(list(agent)).containsOnly("Connected");
    }
    user.devca("uninstall", "--only", "claude").ok();
    assertThat(sandbox.read(settings)).isEqualTo(mine);
    try (Running server = server()) {
      assertThat(list(claude)).containsOnly("Failed to connect");
    }
  }

  /** What it says of each server, started by no shell: as an editor would. */
  private static List<String> list(Caller claude) {
    List<String> answers =
        claude
            .run("claude", "mcp", "list")
            .ok()
            .stdout()
            .lines()
            .filter(line -> line.contains("https://"))
            .map(line -> line.replaceAll(".* - . ", ""))
            .toList();
    assertThat(answers).hasSize(2);
    return answers;
  }
}
