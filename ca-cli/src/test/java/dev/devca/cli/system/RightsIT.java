package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who does what: as the user, as root through a real sudo, and with neither. */
@Timeout(300)
final class RightsIT {
  private static final String CA = "/home/dev/.local/share/devca";
  private static final String NO_PASSWORD = "dev ALL=(ALL:ALL) NOPASSWD: ALL\n";

  private Sandbox sandbox;
  private Caller dev;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    dev = sandbox.as("dev");
    Prerequisite.program(sandbox, "sudo", "sudo");
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  private CommandResult sudoDevca(String... arguments) {
    String[] command = new String[arguments.length + 3];
    command[0] = "sudo";
    command[1] = "DEVCA_JAVA=" + System.getProperty("java.home") + "/bin/java";
    command[2] = Caller.LAUNCHER;
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    return dev.run(command);
  }

  private String owners(String... paths) {
    String script = "for p in \"$@\"; do stat -c '%U %a %n' \"$p\"; done";
    String[] command = new String[paths.length + 4];
    command[0] = "sh";
    command[1] = "-c";
    command[2] = script;
    command[3] = "sh";
    System.arraycopy(paths, 0, command, 4, paths.length);
    return sandbox.run(command).ok().stdout();
  }

  @Test
  void install_underSudoAndAsTheUser_isOneCaOfTheUser() {
    sandbox.write("/etc/sudoers.d/dev", NO_PASSWORD);

    CommandResult first = sudoDevca("install").ok();
    CommandResult second = dev.devca("install").ok();

    assertThat(first.stderr()).contains("Created a CA in " + CA);
    assertThat(second.stderr()).doesNotContain("Created").doesNotContain("trusted now");
    assertThat(owners(CA, CA + "/rootCA.pem", CA + "/rootCA-key.pem"))
        .isEqualTo(
            """
            dev 700 %1$s
            dev 644 %1$s/rootCA.pem
            dev 600 %1$s/rootCA-key.pem
            """
                .formatted(CA));
    assertThat(sandbox.run("find", "/home/dev", "!", "-user", "dev").ok().stdout()).isEmpty();
    assertThat(sandbox.run("readlink", "/home/dev/.local/bin/devca").ok().stdout())
        .isEqualTo(Caller.LAUNCHER + "\n");

    sudoDevca("uninstall", "--delete-ca").ok();

    assertThat(sandbox.run("test", "-e", CA).exitCode()).isEqualTo(1);
    assertThat(sandbox.run("test", "-e", "/var/lib/devca").exitCode()).isEqualTo(1);
  }

  @Test
  void issue_underSudo_writesFilesOfTheUser() {
    sandbox.write("/etc/sudoers.d/dev", NO_PASSWORD);

    sudoDevca("issue", "a.test").ok();

    assertThat(owners("/home/dev/a.test.pem", "/home/dev/a.test-key.pem"))
        .isEqualTo("dev 644 /home/dev/a.test.pem\ndev 600 /home/dev/a.test-key.pem\n");
  }

  @Test
  void install_sudoWantsPasswordAndThereIsNoTerminal_doesTheHomeAndSaysTheCommand() {
    CommandResult result = dev.devca("install").exits(3);

    assertThat(result.stderr())
        .contains("unavailable: it needs the rights of root: ")
        .contains("Try: sudo " + Caller.LAUNCHER + " install --only debian")
        .contains("Node.js");
    assertThat(dev.devca("status").exits(3).stderr()).contains("not trusted");
  }

  @Test
  void install_noSudo_doesTheHomeAndSaysTheCommand() {
    sandbox.run("rm", "/usr/bin/sudo").ok();

    CommandResult result = dev.devca("install").exits(3);

    assertThat(result.stderr())
        .contains("it needs the rights of root, and there is no sudo")
        .contains("Try: as root: " + Caller.LAUNCHER + " install --only debian");
  }

  @Test
  void install_underSudoWithLinkPlantedInTheHome_doesNotFollowItAsRoot() {
    sandbox.write("/etc/sudoers.d/dev", NO_PASSWORD);
    sandbox.write("/root/precious", "precious\n");
    dev.run("ln", "-sf", "/root/precious", "/home/dev/.profile").ok();
    dev.run("mkdir", "-p", "/home/dev/.local/share").ok();
    dev.run("ln", "-s", "/etc", CA).ok();

    CommandResult result = sudoDevca("install");

    assertThat(result.exitCode()).as(result.toString()).isNotZero();
    assertThat(sandbox.read("/root/precious")).isEqualTo("precious\n");
    assertThat(sandbox.run("find", "/etc", "-name", "rootCA*").ok().stdout()).isEmpty();
  }

  @Test
  void uninstall_caFolderDeletedBefore_stillTakesTheRootOut() {
    sandbox.write("/etc/sudoers.d/dev", NO_PASSWORD);
    dev.devca("install").ok();
    dev.run("rm", "-rf", CA).ok();

    CommandResult result = dev.devca("uninstall").ok();

    assertThat(result.stderr()).contains("removed");
    assertThat(sandbox.run("find", "/usr/local/share/ca-certificates", "-name", "devca*").stdout())
        .isEmpty();
    assertThat(dev.devca("uninstall").ok().stderr()).doesNotContain("removed");
  }

  @Test
  void issue_caFolderOfAnotherUser_isRefused() {
    sandbox.run("install", "-d", "-o", "root", "-m", "777", "/srv/ca").ok();
    sandbox.root().env("DEVCA_HOME", "/srv/ca").devca("issue", "a.test").ok();
    sandbox.run("chmod", "-R", "a+rwX", "/srv/ca").ok();

    CommandResult result = dev.env("DEVCA_HOME", "/srv/ca").devca("issue", "a.test").exits(1);

    assertThat(result.stderr()).startsWith("devca: cannot use /srv/ca: it belongs to root\n");
    assertThat(dev.run("ls").ok().stdout()).isEmpty();
  }

  @Test
  void issue_caKeyNotReadable_isRefusedInOneLine() {
    dev.devca("issue", "a.test").ok();
    sandbox.run("chown", "root", CA + "/rootCA-key.pem").ok();

    CommandResult result = dev.devca("issue", "b.test").exits(1);

    assertThat(result.stderr())
        .startsWith("devca: cannot read " + CA + "/rootCA-key.pem: permission denied\nTry: ");
  }

  @Test
  void issue_readOnlyFolder_changesNothing() {
    sandbox.run("install", "-d", "-o", "root", "-m", "755", "/srv/out").ok();

    CommandResult result = dev.in("/srv/out").devca("issue", "a.test").exits(1);

    assertThat(result.stderr())
        .startsWith("devca: cannot write a.test.pem: the folder /srv/out is not writable\nTry: ");
    assertThat(sandbox.run("test", "-e", CA).exitCode()).isEqualTo(1);
  }
}
