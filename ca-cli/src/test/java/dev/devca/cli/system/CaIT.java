package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands about the CA itself, on a machine. */
@Timeout(180)
final class CaIT {
  private static final String SECRET = "geheim-17";

  @AutoClose private Sandbox sandbox;
  private Caller dev;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    Prerequisite.program(sandbox, "/usr/bin/python3", "python3");
    dev = sandbox.root().env("HOME", sandbox.newHome("/home/new"));
  }

  private CommandResult onTerminal(String typed, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/python3",
                Sandbox.resource("terminal.py").toString(),
                "passphrase:",
                typed,
                Caller.LAUNCHER));
    command.addAll(List.of(arguments));
    return dev.run(command.toArray(String[]::new));
  }

  @Test
  void import_ofTheRealMkcert_issuesWithItsRoot() {
    Prerequisite.program(sandbox, "mkcert", "mkcert");
    dev.run("mkcert", "old.test").ok();
    String caroot = dev.run("mkcert", "-CAROOT").ok().stdout().strip();

    dev.devca("ca", "import", "--mkcert").ok();
    dev.devca("issue", "app.test").ok();

    assertThat(dev.devca("root", "--pem").ok().stdout())
        .isEqualTo(sandbox.read(caroot + "/rootCA.pem"));
    for (String leaf : List.of("old.test.pem", "app.test.pem")) {
      dev.run("openssl", "verify", "-CAfile", caroot + "/rootCA.pem", leaf).ok();
    }
  }

  @Test
  void install_permit_isTrustedByEveryClientWithinTheLimits() {
    List<Client> clients = Clients.all(sandbox);
    dev.devca("install", "--permit", "localhost", "--permit", "172.16.0.0/12").ok();
    dev.in("/home/new").devca("issue", Sandbox.ADDRESS, "localhost").ok();
    dev.devca("issue", "evil.com").exits(1);

    try (NginxServer server =
        NginxServer.start(
            sandbox, "/home/new/172.16.99.32+1.pem", "/home/new/172.16.99.32+1-key.pem")) {
      for (Client client : clients) {
        for (URI address : NginxServer.ADDRESSES) {
          assertThat(client.ask(dev, address))
              .as("%s at %s", client, address)
              .isEqualTo(Client.Answer.TRUSTED);
        }
      }
    }
    dev.devca("uninstall", "--delete-ca").ok();
    assertThat(dev.run("find", "/home/new").ok().stdout()).doesNotContain("devca/");
  }

  @Test
  void install_permitBesideAnotherCa_makesASecondOneOnce() {
    dev.devca("ca", "create").ok();

    String first = installSmall("test");
    String again = installSmall("TEST");

    assertThat(first)
        .contains("Created a CA in /home/new/.local/share/devca/ca/small")
        .contains("Next: devca issue --ca small NAME, within test");
    assertThat(again).doesNotContain("Created").contains("trusted");
  }

  private String installSmall(String permitted) {
    return dev.devca("install", "--ca", "small", "--permit", permitted, "--only", "node")
        .ok()
        .stderr();
  }

  @Test
  void passphrase_typedAtATerminal_isNeverShown() {
    dev.devca("ca", "create").ok();

    String set = onTerminal(SECRET, "ca", "passphrase").ok().stdout();
    String issued = onTerminal(SECRET, "issue", "app.test").ok().stdout();
    String wrong = onTerminal("wrong", "issue", "app.test").exits(1).stdout();
    // Nothing is there to ask, and nothing waits.
    String refused = dev.devca("issue", "app.test").exits(1).stderr();

    assertThat(set)
        .containsSubsequence("New passphrase:", "Again the new passphrase:", "Set the passphrase")
        .doesNotContain(SECRET);
    assertThat(issued)
        .containsSubsequence("For the CA key, the passphrase:", "Issued a certificate")
        .doesNotContain(SECRET);
    assertThat(wrong).contains("the passphrase is wrong");
    assertThat(refused).contains("there is no terminal to ask at");
  }
}
