package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A rotation on a machine: curl, Java and Node.js trust what is of the new root, and no more. */
@Timeout(300)
final class RotateIT {
  private static final String HOME = "/home/new";

  @Test
  void rotate_clientsTrustTheNewLeafAndNotTheOldOne() {
    try (Sandbox sandbox = Sandbox.open()) {
      List<Client> clients =
          List.of(
              Clients.curl(sandbox),
              Clients.java(Jdk.installed(sandbox).get(0)),
              Clients.inLoginShell("bash", Clients.node(sandbox)));
      Caller dev = sandbox.root().env("HOME", sandbox.newHome(HOME)).in(HOME);
      dev.devca("install").ok();
      dev.devca(
              "issue",
              Sandbox.ADDRESS,
              "localhost",
              "--cert-file",
              "app.pem",
              "--key-file",
              "app.key")
          .ok();
      dev.run("cp", "app.pem", "old.pem").ok();
      dev.run("cp", "app.key", "old.key").ok();
      assertAnswers(sandbox, dev, clients, "app", Client.Answer.TRUSTED);

      dev.devca("ca", "rotate").ok();

      assertAnswers(sandbox, dev, clients, "app", Client.Answer.TRUSTED);
      assertAnswers(sandbox, dev, clients, "old", Client.Answer.REFUSED);
    }
  }

  private static void assertAnswers(
      Sandbox sandbox, Caller dev, List<Client> clients, String leaf, Client.Answer answer) {
    String path = HOME + "/" + leaf;
    try (NginxServer server = NginxServer.start(sandbox, path + ".pem", path + ".key")) {
      for (Client client : clients) {
        assertThat(client.ask(dev, NginxServer.BY_NAME)).as("%s", client).isEqualTo(answer);
      }
    }
  }
}
