package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged command renews what a server uses, and tells the server. */
@Timeout(180)
final class RenewIT {
  private static final String HOME = "/home/new";
  private static final String CHAIN = HOME + "/chain.pem";
  private static final String KEY = HOME + "/key.pem";
  private static final String SERVED =
      "openssl s_client -connect 172.16.99.32:1043 < /dev/null 2> /dev/null"
          + " | openssl x509 -noout -serial";
  private static final String SERIAL = "openssl x509 -noout -serial -in " + CHAIN;

  @AutoClose private Sandbox sandbox;
  private Caller user;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    user = sandbox.root().env("HOME", sandbox.newHome(HOME)).in(HOME);
  }

  private String issue() {
    user.devca("issue", Sandbox.ADDRESS, "localhost", "--cert-file", CHAIN, "--key-file", KEY).ok();
    return shell(SERIAL);
  }

  private String shell(String script) {
    return user.run("bash", "-euo", "pipefail", "-c", script).ok().stdout();
  }

  private void assertVerifies() {
    String root = user.devca("root").ok().stdout().strip();
    user.run("openssl", "verify", "-CAfile", root, "-verify_ip", Sandbox.ADDRESS, CHAIN).ok();
    assertThat(shell("openssl pkey -pubout -in " + KEY))
        .isEqualTo(shell("openssl x509 -noout -pubkey -in " + CHAIN));
  }

  @Test
  void renew_serverIsTold_servesTheNewCertificate() {
    String before = issue();
    sandbox.run("chmod", "640", KEY).ok();
    String[] renew = {
      "renew",
      "--hook",
      "nginx",
      "--hook-arg",
      "-e",
      "--hook-arg",
      "stderr",
      "--hook-arg",
      "-c",
      "--hook-arg",
      "/tmp/nginx/nginx.conf",
      "--hook-arg",
      "-s",
      "--hook-arg",
      "reload",
    };

    try (NginxServer server = NginxServer.start(sandbox, CHAIN, KEY)) {
      CommandResult early = user.devca(renew).ok();
      assertThat(early.stderr()).isEqualTo("Nothing is to be renewed.\n");
      assertThat(shell(SERVED)).isEqualTo(before);

      CommandResult renewed =
          user.devca(
                  Stream.concat(Stream.of(renew), Stream.of("--within", "900d"))
                      .toArray(String[]::new))
              .ok();

      assertThat(renewed.stderr()).startsWith("Renewed " + CHAIN).endsWith("Ran nginx\n");
      String after = shell(SERIAL);
      assertThat(after).isNotEqualTo(before);
      // The old worker may answer for a moment.
      shell(
          "timeout 20 bash -c 'until [ \"$("
              + SERVED
              + ")\" = \""
              + after.strip()
              + "\" ]; do"
              + " sleep 0.05; done'");
      assertThat(shell(SERVED)).isEqualTo(after);
    }
    assertVerifies();
    assertThat(shell("stat -c %a " + KEY)).isEqualTo("640\n");
    assertThat(user.devca("list").ok().stdout()).contains("  valid        " + CHAIN);
  }

  @Test
  void renew_severalAtOnce_leaveAPair() {
    issue();

    List<Running> running =
        Stream.generate(() -> user.start(Caller.LAUNCHER, "renew", "--all")).limit(4).toList();
    running.forEach(one -> one.await().ok());

    assertVerifies();
    assertThat(user.devca("list").ok().stdout()).contains("  valid  ").hasLineCount(1);
  }

  @Test
  void renew_underSudo_runsTheHookAsTheUser() {
    Caller dev = sandbox.as("dev");
    Prerequisite.program(sandbox, "sudo", "sudo");
    sandbox.write("/etc/sudoers.d/dev", "dev ALL=(ALL:ALL) NOPASSWD: ALL\n");
    dev.devca("issue", "a.test").ok();

    dev.run(
            "sudo",
            "DEVCA_JAVA=" + System.getProperty("java.home") + "/bin/java",
            Caller.LAUNCHER,
            "renew",
            "--all",
            "--hook",
            "sh",
            "--hook-arg",
            "-c",
            "--hook-arg",
            "id -un > who")
        .ok();

    assertThat(sandbox.read("/home/dev/who")).isEqualTo("dev\n");
    assertThat(sandbox.run("find", "/home/dev", "!", "-user", "dev").ok().stdout()).isEmpty();
    sandbox.run("chmod", "-R", "a+rX", "/home/dev").ok();
    CommandResult root =
        sandbox
            .root()
            .env("DEVCA_HOME", "/home/dev/.local/share/devca")
            .devca("renew", "--all", "--hook", "touch", "--hook-arg", "/root/hooked")
            .exits(1);
    assertThat(root.stderr()).contains("it belongs to dev");
    assertThat(sandbox.run("test", "-e", "/root/hooked").exitCode()).isEqualTo(1);
  }

  @Test
  void schedule_units_areAcceptedBySystemd() {
    Prerequisite.program(sandbox, "systemd-analyze", "systemd");
    issue();
    // A systemctl that agrees to all: no systemd of a user runs in the sandbox.
    sandbox.write("/opt/fake/systemctl", "#!/bin/sh\n");
    sandbox.run("chmod", "755", "/opt/fake/systemctl").ok();
    Caller faked = user.env("PATH", "/opt/fake:" + Caller.PATH);
    sandbox.run("mkdir", "-p", "/run/units").ok();

    faked.devca("renew", "--schedule", "--within", "900d").ok();
    String service = HOME + "/.config/systemd/user/devca-renew.service";
    String timer = HOME + "/.config/systemd/user/devca-renew.timer";
    CommandResult verified =
        user.env("XDG_RUNTIME_DIR", "/run/units")
            .run("systemd-analyze", "--user", "verify", service, timer)
            .ok();
    assertThat(verified.stderr()).isEmpty();

    faked.devca("renew", "--unschedule").ok();
    assertThat(sandbox.run("test", "-e", HOME + "/.config/systemd").exitCode()).isEqualTo(1);
  }

  @Test
  void schedule_cronLine_renewsWithAnEmptyEnvironment() {
    String before = issue();
    CommandResult printed = user.devca("renew", "--schedule", "--within", "900d").ok();
    assertThat(printed.stderr()).contains("add this line with crontab -e");
    assertThat(printed.stdout()).startsWith("0 9 * * * DEVCA_JAVA=").hasLineCount(1);

    // As cron does: the shell gets all after the five fields, with a percent sign for each \\%.
    String command = printed.stdout().strip().substring("0 9 * * * ".length()).replace("\\%", "%");
    CommandResult run = user.env("PATH", "/usr/bin:/bin").run("/bin/sh", "-c", command).ok();

    assertThat(run.stderr()).isEmpty();
    assertThat(shell(SERIAL)).isNotEqualTo(before);
    assertVerifies();
  }
}
