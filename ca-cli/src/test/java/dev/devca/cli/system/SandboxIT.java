package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the other system tests rely on. */
@Timeout(180)
final class SandboxIT {

  private static Sandbox sandbox;

  @BeforeAll
  static void open() {
    sandbox = Sandbox.open();
  }

  @AfterAll
  static void close() {
    // Null where this machine allows none and the tests are skipped.
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @Test
  void run_environment_isWhatTheCallerSays() {
    CommandResult result = sandbox.root().without("HOME").env("A", "ü b").run("env").ok();
    assertThat(result.stdout().lines()).containsExactlyInAnyOrder("A=ü b", "PATH=" + Caller.PATH);
  }

  @Test
  void run_noInput_hasNoTerminalAndEmptyInput() {
    assertThat(sandbox.run("cat").ok().stdout()).isEmpty();
    assertThat(sandbox.run("sh", "-c", ": < /dev/tty").exitCode()).isNotZero();
  }

  @Test
  void run_asOtherUser_hasItsHomeAndIds() {
    CommandResult result = sandbox.as("dev").run("sh", "-c", "id -un; id -Gn; pwd; echo ~");
    assertThat(result.ok().stdout()).isEqualTo("dev\ndev\n/home/dev\n/home/dev\n");
  }

  @Test
  void run_pastItsLimit_isEndedWithItsChildren() {
    Caller hasty = sandbox.root().limit(Duration.ofSeconds(1));
    assertThatThrownBy(() -> hasty.run("sh", "-c", "sleep 4711 & sleep 4711"))
        .hasMessageContaining("took longer");
    assertThat(sandbox.run("pgrep", "-fx", "sleep 4711").exitCode()).isEqualTo(1);
  }

  @Test
  void run_endlessOutput_isKeptInPart() {
    CommandResult result = sandbox.run("sh", "-c", "yes | head -c 5000000; echo last >&2");
    assertThat(result.stdout()).hasSizeBetween(Capture.LIMIT, Capture.LIMIT + 8192);
    assertThat(result.stderr()).isEqualTo("last\n");
  }

  @Test
  void start_closed_endsTheCommand() {
    try (Running running = sandbox.root().start("sleep", "4712")) {
      assertThat(running.isAlive()).isTrue();
    }
    assertThat(sandbox.run("pgrep", "-fx", "sleep 4712").exitCode()).isEqualTo(1);
  }

  @Test
  void network_reachesOnlyItself() {
    CommandResult result = sandbox.run("ip", "-brief", "address").ok();
    assertThat(result.stdout().lines()).singleElement().asString().contains("172.16.99.32/32");
  }

  @Test
  void moments_everyKindOfChange_isListed() {
    sandbox
        .run("sh", "-c", "mkdir -p /etc/it/gone; echo 1 >/etc/it/file; ln -s a /etc/it/link")
        .ok();
    Moment before = sandbox.now();
    String script =
        """
        cd /etc/it && rmdir gone && echo 2 > file && ln -sf b link && mkdir new && touch new/f
        touch /tmp/left
        chmod 600 /etc/profile
        rm /etc/shells
        rm -r /etc/skel && mkdir /etc/skel
        cp -a /etc/passwd /etc/passwd.new && mv /etc/passwd.new /etc/passwd
        """;
    sandbox.run("sh", "-ec", script).ok();
    FileChanges changes = FileChanges.between(before, sandbox.now());
    assertThat(changes.paths())
        .contains("/etc/it/gone", "/etc/it/file", "/etc/it/link", "/etc/it/new", "/etc/it/new/f")
        .contains("/tmp/left", "/etc/profile", "/etc/shells", "/etc/skel/.profile")
        .doesNotContain("/etc/passwd", "/etc", "/etc/skel");
    assertThat(FileChanges.between(before, before)).isEmpty();
    assertThat(Path.of("/etc/it")).doesNotExist();
    assertThat(Path.of("/etc/shells")).exists();
  }

  @Test
  void close_runningProcess_leavesNothingOnTheMachine() throws Exception {
    long inside;
    try (Sandbox other = Sandbox.open()) {
      Running sleeper = other.root().start("sleep", "4713");
      assertThat(sleeper.isAlive()).isTrue();
      inside = ProcessHandle.current().descendants().count();
      assertThat(inside).isPositive();
    }
    assertThat(ProcessHandle.allProcesses().map(ProcessHandle::info))
        .noneMatch(info -> info.commandLine().orElse("").contains("sleep 4713"));
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain("devca-sandbox");
  }
}
