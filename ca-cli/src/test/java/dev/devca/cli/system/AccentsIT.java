package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Letters beyond ASCII under {@code env -i}, where Java alone would turn each into two U+FFFD. */
@Timeout(180)
final class AccentsIT {

  private static final String HOME = "/home/Zoë Müller";
  private static final String CHAIN = "Zertifikät für Bücher.pem";
  private static final String KEY = "Schlüssel.pem";

  @Test
  void issue_emptyEnvironment_keepsEveryLetter() {
    try (Sandbox sandbox = Sandbox.open()) {
      sandbox.newHome(HOME);
      Caller caller = sandbox.root().without("PATH").env("HOME", HOME).in(HOME);
      String launcher = Caller.LAUNCHER;
      caller.run(launcher, "issue", "bücher.test", "--cert-file", CHAIN, "--key-file", KEY).ok();

      CommandResult text =
          caller.run("openssl", "x509", "-in", CHAIN, "-noout", "-ext", "subjectAltName").ok();
      assertThat(text.stdout()).contains("DNS:xn--bcher-kva.test");
      assertThat(caller.run("find", HOME, "-name", "*.pem").ok().stdout().lines())
          .containsExactlyInAnyOrder(
              HOME + "/" + CHAIN,
              HOME + "/" + KEY,
              HOME + "/.local/share/devca/rootCA.pem",
              HOME + "/.local/share/devca/rootCA-key.pem");
      assertThat(caller.run(launcher, "root").ok().stdout())
          .isEqualTo(HOME + "/.local/share/devca/rootCA.pem\n");
    }
  }
}
