package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code devca env} and {@code devca exec} with real shells and clients. */
@Timeout(600)
final class ExecIT {
  private static final String HOME = "/home/Zoë Müller";
  private static final String FOLDER = HOME + "/Wörk";
  private static final String CHAIN = FOLDER + "/172.16.99.32+1.pem";
  private static final String KEY = FOLDER + "/172.16.99.32+1-key.pem";
  private static final String BUNDLE = HOME + "/.local/share/devca/env-bundle.pem";

  @AutoClose private Sandbox sandbox;
  private Caller user;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    sandbox.newHome(HOME);
    user = sandbox.root().env("HOME", HOME);
    user.run("mkdir", FOLDER).ok();
    user = user.in(FOLDER).env("DEVCA_JAVA", System.getProperty("java.home") + "/bin/java");
  }

  @Test
  void exec_userOnly_reachesTheClientsThatReadVariables() {
    Prerequisite.program(sandbox, "git", "git");
    user.devca("issue", Sandbox.ADDRESS, "localhost").ok();
    user.devca("install", "--user-only").ok();
    String url = NginxServer.BY_ADDRESS.toString();
    try (NginxServer server = NginxServer.start(sandbox, CHAIN, KEY)) {
      assertThat(user.run("curl", "-sS", url).exitCode()).isEqualTo(60);
      assertThat(user.devca("exec", "--", "curl", "-sS", url).ok().stdout())
          .isEqualTo(NginxServer.BODY + "\n");
      for (Client client :
          List.of(Clients.python(sandbox), Clients.requests(sandbox), Clients.openssl(sandbox))) {
        assertThat(client.ask(user, NginxServer.BY_ADDRESS))
            .as("%s without", client)
            .isEqualTo(Client.Answer.REFUSED);
        assertThat(inExec(client).ask(user, NginxServer.BY_ADDRESS))
            .as("%s with", client)
            .isEqualTo(Client.Answer.TRUSTED);
      }
      assertThat(user.devca("exec", "git", "ls-remote", url).stderr())
          .contains("is this a git repository");
      assertThat(sandbox.read(BUNDLE)).contains("BEGIN CERTIFICATE");

      assertThat(user.devca("doctor", url, "--only", "curl,openssl").exits(3).stderr())
          .contains("SSL_CERT_FILE is not set in this shell", "Try: eval \"$(devca env)\"");
      user.devca("exec", "--", Caller.LAUNCHER, "doctor", url, "--only", "curl,git,openssl").ok();
    }

    // A corporation's root comes: the bundle is made anew, for whoever asks next.
    sandbox.run(
        "sh", "-c", "head -n 30 \"$1\" >> /etc/ssl/certs/ca-certificates.crt", "sh", BUNDLE);
    String before = sandbox.read(BUNDLE);
    user.devca("exec", "true").ok();
    assertThat(sandbox.read(BUNDLE)).isNotEqualTo(before);

    user.devca("uninstall", "--user-only").ok();
    assertThat(sandbox.run("test", "-e", BUNDLE).exitCode()).isEqualTo(1);
    assertThat(user.devca("exec", "true").exits(1).stderr())
        .isEqualTo(
            """
            devca: cannot set variables: the root is in no store that needs one
            Try: devca install
            """);
  }

  private static Client inExec(Client client) {
    return new Client(
        client.name(),
        uri ->
            Stream.concat(
                    List.of(Caller.LAUNCHER, "exec", "--").stream(),
                    client.command().apply(uri).stream())
                .toList(),
        client.trusted(),
        client.refused());
  }

  @Test
  void exec_command_isAsIfItWereStartedWithoutDevca() {
    user.devca("install", "--only", "debian").ok();
    String show = "printf '%s|' \"${LC_ALL-unset}\" \"$LANG\" \"$SSL_CERT_FILE\" \"$name\" \"$@\"";
    Caller odd = user.env("LANG", "de_DE").env("name", "of mine").env("home", "x");

    CommandResult result =
        odd.devca("exec", "--", "sh", "-c", show, "sh", "--", "--help", "a  b", "ü'\n", "");
    assertThat(result.ok().stdout())
        .isEqualTo("unset|de_DE|/etc/ssl/certs/ca-certificates.crt|of mine|--|--help|a  b|ü'\n||");
    assertThat(odd.env("LC_ALL", "C").devca("exec", "sh", "-c", show).ok().stdout())
        .startsWith("C|de_DE|");

    assertThat(user.devca("exec", "sh", "-c", "exit 42").exitCode()).isEqualTo(42);
    assertThat(user.devca("exec", "sh", "-c", "kill -TERM $$").exitCode()).isEqualTo(128 + 15);
    assertThat(user.devca("exec", "/no/such/program").exitCode()).isEqualTo(127);
    assertThat(user.input("to the command").devca("exec", "cat").ok().stdout())
        .isEqualTo("to the command");
    String untyped = "printf 'exec -- printf %%s \\377' | xargs \"$1\" | od -An -tx1";
    assertThat(user.run("sh", "-c", untyped, "sh", Caller.LAUNCHER).ok().stdout().strip())
        .isEqualTo("ff");
    String pid = "\"$1\" exec sh -c 'echo $$' & echo $!; wait";
    assertThat(user.run("sh", "-c", pid, "sh", Caller.LAUNCHER).ok().stdout().lines().distinct())
        .as("the command takes devca's place")
        .hasSize(1);

    assertThat(user.devca("exec", "--help").ok().stdout()).contains("Usage: devca exec");
    assertThat(user.devca("exec").exits(2).stderr())
        .isEqualTo("devca: cannot run a command: none was given\nTry: devca exec -- env\n");
  }

  @Test
  void exec_underSudo_runsAsRootWithTheUsersVariables() {
    Prerequisite.realUsers(sandbox);
    Prerequisite.program(sandbox, "sudo", "sudo");
    sandbox.write("/etc/sudoers.d/dev", "dev ALL=(ALL:ALL) NOPASSWD: ALL\n");
    Caller dev = sandbox.as("dev").env("DEVCA_JAVA", System.getProperty("java.home") + "/bin/java");
    dev.devca("install", "--user-only").ok();

    CommandResult result =
        dev.run(
            "sudo",
            "--preserve-env=DEVCA_JAVA",
            Caller.LAUNCHER,
            "exec",
            "sh",
            "-c",
            "id -un; echo \"$SSL_CERT_FILE\"");

    assertThat(result.ok().stdout())
        .isEqualTo("root\n/home/dev/.local/share/devca/env-bundle.pem\n");
    String foreign = "find /home/dev ! -user dev";
    assertThat(sandbox.run("sh", "-c", foreign).ok().stdout()).isEmpty();
  }

  @Test
  void env_eachShell_setsThatVeryValue() {
    for (String shell : List.of("zsh", "fish")) {
      Prerequisite.program(sandbox, shell, shell);
    }
    Prerequisite.program(sandbox, "node", "nodejs");
    user.devca("install", "--user-only").ok();
    String print = "printf %s \"$SSL_CERT_FILE\"";

    for (String shell : List.of("bash", "zsh")) {
      String script = "eval \"$(\"$DEVCA\" env --shell " + shell + ")\"; " + print;
      assertThat(user.env("DEVCA", Caller.LAUNCHER).run(shell, "-c", script).ok().stdout())
          .as(shell)
          .isEqualTo(BUNDLE);
    }
    // Without a locale, fish itself garbles the variables that it was started with.
    assertThat(
            user.env("DEVCA", Caller.LAUNCHER)
                .env("LC_ALL", "C.UTF-8")
                .run("fish", "-c", "\"$DEVCA\" env --shell fish | source; " + print)
                .ok()
                .stdout())
        .isEqualTo(BUNDLE);
    sandbox.write("/tmp/.env", user.devca("env", "--shell", "dotenv").ok().stdout());
    assertThat(
            user.run(
                    "node",
                    "--env-file=/tmp/.env",
                    "-e",
                    "process.stdout.write(process.env.SSL_CERT_FILE)")
                .ok()
                .stdout())
        .isEqualTo(BUNDLE);
  }
}
