package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A batch of the packaged command: one that is told to end, and one that nobody writes. */
@Timeout(180)
final class BatchIT {
  private static final String HOME = "/home/new";

  @AutoClose private Sandbox sandbox;
  private Caller user;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    user = sandbox.root().env("HOME", sandbox.newHome(HOME)).in(HOME);
    user.devca("ca", "create").ok();
  }

  /** A shell keeps SIGINT from what it starts behind it; SIGTERM ends a process in the same way. */
  @Test
  void batch_endedInTheMiddle_leavesWholePairsThatAreListed() {
    String script =
        """
        mkdir certs
        cd certs
        seq -f 'app%.0f.test' 8000 > ../batch
        "$0" issue --batch ../batch &
        until [ "$(ls | wc -l)" -gt 100 ]; do sleep 0.05; done
        kill -TERM $!
        wait $!
        """;

    CommandResult ended = user.run("bash", "-c", script, Caller.LAUNCHER).exits(143);

    int certificates = count("find certs -name '*.test.pem'");
    assertThat(certificates).isBetween(50, 7999);
    assertThat(ended.stderr())
        .isEqualTo("Stopped: issued " + certificates + " of 8000 certificates\n");
    assertThat(count("find certs -name '*.test-key.pem'")).isEqualTo(certificates);
    assertThat(count("find certs -type f")).isEqualTo(2 * certificates);
    assertThat(user.devca("list").ok().stdout().lines().filter(line -> line.contains(".test")))
        .hasSize(certificates);
  }

  @Test
  void batch_standardInputIsClosed_isEmpty() {
    // Without one the JVM's own first file would be read.
    CommandResult result = user.run("sh", "-c", "\"$0\" issue --batch - <&-", Caller.LAUNCHER).ok();

    assertThat(result.stderr()).isEqualTo("Issued 0 of 0 certificates\n");
  }

  private int count(String command) {
    return user.run("sh", "-ec", command).ok().stdout().split("\n", -1).length - 1;
  }
}
