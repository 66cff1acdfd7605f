package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The password of a key store, asked for on a real terminal. */
@Timeout(120)
final class StorePasswordIT {
  private static final String PASSWORD = "geheim 17";

  @Test
  void issue_p12OnATerminal_asksTwiceAndShowsNothing() {
    try (Sandbox sandbox = Sandbox.open()) {
      Prerequisite.program(sandbox, "/usr/bin/python3", "python3");
      Caller caller = sandbox.root();

      CommandResult result =
          caller
              .run(
                  "/usr/bin/python3",
                  Sandbox.resource("terminal.py").toString(),
                  // Both prompts end so.
                  ":",
                  PASSWORD,
                  Caller.LAUNCHER,
                  "issue",
                  "localhost",
                  "--p12-file",
                  "app.p12")
              .ok();

      assertThat(result.stdout())
          .containsSubsequence("Password for the key store:", "The same again:", "PKCS #12")
          .doesNotContain(PASSWORD);
      caller
          .run("openssl", "pkcs12", "-in", "app.p12", "-passin", "pass:" + PASSWORD, "-noout")
          .ok();
    }
  }
}
