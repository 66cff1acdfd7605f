package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code devca install --user-only}, by a user without sudo: all in the home, and home again. */
@Timeout(300)
final class UserOnlyIT {
  private static final String HOME = "/home/dev";
  private static final String SITE = HOME + "/site";
  private static final String CHAIN = SITE + "/172.16.99.32+1.pem";
  private static final String KEY = SITE + "/172.16.99.32+1-key.pem";
  private static final List<String> SHELLS = List.of("bash", "dash", "zsh", "fish");
  // What systemd runs to read the variables of a session.
  private static final String SESSION =
      "/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator";
  private static final String PROFILE = "# Mine.\numask 022";

  @AutoClose private Sandbox sandbox;
  private Caller dev;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    dev = sandbox.as("dev").in(HOME);
    sandbox.run("rm", "-f", "/usr/bin/sudo").ok();
    Prerequisite.program(sandbox, SESSION, "systemd");
    SHELLS.forEach(shell -> Prerequisite.program(sandbox, shell, shell));
  }

  @Test
  void userOnly_freshHome_setsEachShellAndSessionAndLeavesNoTrace() {
    Moment before = sandbox.now();

    dev.devca("install", "--user-only").ok();

    String data = HOME + "/.local/share/devca/";
    for (String name :
        List.of(".profile", ".bashrc", ".zprofile", ".zshrc", ".config/fish/conf.d/devca.fish")) {
      assertThat(sandbox.read(HOME + "/" + name))
          .as(name)
          .containsOnlyOnce("# >>> devca >>>\n")
          .contains("NODE_EXTRA_CA_CERTS", data + "node-extra-ca.pem")
          .contains("REQUESTS_CA_BUNDLE", "PIP_CERT", data + "ca-bundle.pem");
    }
    assertThat(dev.run(SESSION).ok().stdout().lines())
        .contains("NODE_EXTRA_CA_CERTS=" + data + "node-extra-ca.pem");
    assertThat(changes(before)).isNotEmpty().allMatch(path -> path.startsWith(HOME));
    Moment installed = sandbox.now();
    dev.devca("install", "--user-only").ok();
    assertThat(changes(installed)).isEmpty();

    dev.devca("uninstall", "--user-only", "--delete-ca").ok();

    assertThat(changes(before)).isEmpty();
  }

  @Test
  void userOnly_linkCannotBeRemoved_isSaidAndTheNextRunTakesAllBack() {
    Moment before = sandbox.now();
    dev.devca("install", "--user-only").ok();
    dev.run("chmod", "500", HOME + "/.local/bin").ok();

    CommandResult result = dev.devca("uninstall", "--user-only", "--delete-ca").exits(3);

    assertThat(result.stderr())
        .contains("devca: cannot remove " + HOME + "/.local/bin/devca and its note: ")
        .contains("The CA was not deleted, since that comes first.");
    dev.run("chmod", "755", HOME + "/.local/bin").ok();
    dev.devca("uninstall", "--user-only", "--delete-ca").ok();
    assertThat(changes(before)).isEmpty();
  }

  @Test
  void userOnly_usedHome_reachesTheClientsOfTheHomeAndGivesItBack() {
    useHome();
    List<Client> reached = reached();
    List<Client> others =
        List.of(Clients.curl(sandbox), Clients.wget(sandbox), Clients.python(sandbox));
    Moment before = sandbox.now();
    dev.in(SITE).devca("issue", Sandbox.ADDRESS, "localhost").ok();
    try (NginxServer server = NginxServer.start(sandbox, CHAIN, KEY)) {
      ask(reached, Client.Answer.REFUSED);

      CommandResult install = dev.devca("install", "--user-only").ok();

      assertThat(install.stderr()).contains("Node.js", "Python").doesNotContain("Debian", "sudo");
      assertThat(changes(before)).allMatch(path -> path.startsWith(HOME));
      ask(reached, Client.Answer.TRUSTED);
      ask(others, Client.Answer.REFUSED);
      dev.devca("status", "--user-only").ok();
      dev.devca("status").exits(3);

      dev.devca("uninstall", "--user-only", "--delete-ca").ok();

      ask(reached, Client.Answer.REFUSED);
    }
    dev.run("rm", CHAIN, KEY).ok();
    assertThat(changes(before)).isEmpty();
  }

  /** The home of somebody who has used each shell, with odd files and modes. */
  private void useHome() {
    dev.run("mkdir", SITE).ok();
    SHELLS.forEach(shell -> dev.run(shell, "-lc", "true").ok());
    for (String name : List.of(".zshrc", ".config/fish/conf.d/devca.fish")) {
      sandbox.write(HOME + "/" + name, PROFILE);
    }
    sandbox.write(HOME + "/dotfiles/bashrc", "[ -z \"$PS1\" ] && return\n" + PROFILE);
    sandbox.run("ln", "-sf", "dotfiles/bashrc", HOME + "/.bashrc").ok();
    sandbox.run("chown", "-R", "dev:", HOME).ok();
    sandbox.run("chmod", "600", HOME + "/.zshrc", HOME + "/.profile").ok();
  }

  private List<Client> reached() {
    List<Client> reached = new ArrayList<>();
    for (String shell : SHELLS) {
      reached.add(Clients.inLoginShell(shell, Clients.node(sandbox)));
      reached.add(Clients.inLoginShell(shell, Clients.requests(sandbox)));
    }
    reached.add(Clients.inLoginShell("bash", Clients.pip(sandbox)));
    // A JDK as SDKMAN has it.
    Jdk jdk = Jdk.installed(sandbox).get(0);
    Jdk own = jdk.withOwnCacerts(sandbox, HOME + "/.sdkman/candidates/java/" + jdk.version());
    sandbox.run("chown", "-R", "dev:", HOME).ok();
    reached.add(Clients.java(own));
    return reached;
  }

  private void ask(List<Client> clients, Client.Answer answer) {
    for (Client client : clients) {
      assertThat(client.ask(dev, NginxServer.BY_ADDRESS)).as(client.name()).isEqualTo(answer);
    }
  }

  /** Without what nginx and the Java machine leave. */
  private List<String> changes(Moment before) {
    return FileChanges.between(before, sandbox.now())
        .except("/**/devca/.lock", "each holder writes its mark into a lock")
        .paths()
        .stream()
        .filter(path -> !path.startsWith("/tmp/"))
        .toList();
  }
}
