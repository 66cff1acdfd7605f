package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code devca install --user-only}, by a user without sudo: all in the home, and home again. */
@Timeout(300)
final class UserOnlyIT {
  private static final String HOME = "/home/dev";
  private static final String SITE = HOME + "/site";

  @Test
  void userOnly_withoutSudo_reachesTheClientsOfTheHomeAndLeavesNoTrace() {
    try (Sandbox sandbox = Sandbox.open()) {
      Caller dev = sandbox.as("dev");
      sandbox.run("rm", "-f", "/usr/bin/sudo").ok();
      Client java = javaOfTheHome(sandbox);
      List<Client> reached = List.of(Clients.node(sandbox), java);
      List<Client> others = List.of(Clients.curl(sandbox), Clients.wget(sandbox));
      dev.run("mkdir", SITE).ok();
      Moment before = sandbox.now();

      CommandResult install = dev.devca("install", "--user-only").ok();

      assertThat(install.stderr()).contains("Node.js").doesNotContain("Debian", "sudo");
      assertThat(changes(before, sandbox.now())).allMatch(path -> path.startsWith(HOME));
      dev.in(SITE).devca("issue", Sandbox.ADDRESS, "localhost").ok();
      try (NginxServer server =
          NginxServer.start(
              sandbox, SITE + "/172.16.99.32+1.pem", SITE + "/172.16.99.32+1-key.pem")) {
        ask(dev, reached, Client.Answer.TRUSTED);
        ask(dev, others, Client.Answer.REFUSED);
        dev.devca("status", "--user-only").ok();
        dev.devca("status").exits(3);

        dev.devca("uninstall", "--user-only", "--delete-ca").ok();

        ask(dev, reached, Client.Answer.REFUSED);
      }
      dev.run("rm", "-r", SITE).ok();
      dev.run("mkdir", SITE).ok();
      assertThat(changes(before, sandbox.now())).isEmpty();
    }
  }

  /** A JDK as SDKMAN has it. */
  private static Client javaOfTheHome(Sandbox sandbox) {
    Jdk jdk = Jdk.installed(sandbox).get(0);
    Jdk own = jdk.withOwnCacerts(sandbox, HOME + "/.sdkman/candidates/java/" + jdk.version());
    sandbox.run("chown", "-R", "dev:", HOME).ok();
    return Clients.java(own);
  }

  private static void ask(Caller caller, List<Client> clients, Client.Answer answer) {
    for (Client client : clients) {
      assertThat(client.ask(caller, NginxServer.BY_ADDRESS)).as(client.name()).isEqualTo(answer);
    }
  }

  /** Without what nginx and the Java machine leave. */
  private static List<String> changes(Moment before, Moment after) {
    return FileChanges.between(before, after).paths().stream()
        .filter(path -> !path.startsWith("/tmp/"))
        .toList();
  }
}
