package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a person sits at a terminal, and sudo wants the password: once, and said before. */
@Timeout(180)
final class TerminalIT {

  private static final String PASSWORD = "geheim-17";
  private static final String PROMPT = "[sudo] password for dev:";
  private static final String ANNOUNCED = "sudo may ask for your password.";

  @AutoClose private Sandbox sandbox;
  private Caller dev;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    Prerequisite.program(sandbox, "sudo", "sudo");
    Prerequisite.program(sandbox, "/usr/bin/python3", "python3");
    sandbox.write("/etc/sudoers.d/dev", "dev ALL=(ALL:ALL) ALL\n");
    sandbox.root().input("dev:" + PASSWORD + "\n").run("chpasswd").ok();
    dev = UsedHome.fill(sandbox);
    // A second store of root's: a JDK as its maker's archive leaves it.
    sandbox.run("cp", "-r", UsedHome.JDK, "/usr/lib/jvm/archive").ok();
    sandbox.run("chown", "-R", "root", "/usr/lib/jvm/archive").ok();
  }

  private CommandResult onTerminal(String password, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/python3",
                Sandbox.resource("terminal.py").toString(),
                PROMPT,
                password,
                Caller.LAUNCHER));
    command.addAll(List.of(arguments));
    return dev.run(command.toArray(String[]::new));
  }

  private static List<String> promptsOf(CommandResult result) {
    return result.stdout().lines().filter(line -> line.contains(PROMPT)).toList();
  }

  @Test
  void installAndUninstall_onTerminal_askOnceAndSayItBefore() {
    CommandResult installed = onTerminal(PASSWORD, "install").ok();

    assertThat(promptsOf(installed)).hasSize(1);
    assertThat(installed.stdout()).containsSubsequence(ANNOUNCED, PROMPT, "trusted now");
    assertThat(StoreStates.of(dev.devca("status", "--json").ok()))
        .containsKeys("debian", "java:/usr/lib/jvm/archive/lib/security/cacerts")
        .allSatisfy((id, state) -> assertThat(state).isEqualTo(StoreStates.TRUSTED));

    // Nothing is to be done: nothing is to be asked, though no password is remembered.
    dev.run("sudo", "-K").ok();
    assertThat(onTerminal(PASSWORD, "install").ok().stdout()).doesNotContain("sudo");
    assertThat(onTerminal(PASSWORD, "status").ok().stdout()).doesNotContain("sudo");

    CommandResult uninstalled = onTerminal(PASSWORD, "uninstall").ok();

    assertThat(promptsOf(uninstalled)).hasSize(1);
    assertThat(uninstalled.stdout()).containsSubsequence(ANNOUNCED, PROMPT, "removed");
  }

  @Test
  void install_storeThatTakesLong_saysOnTheTerminalWhatItWorksOn() {
    String update = "/usr/sbin/update-ca-certificates";
    sandbox.run("mv", update, update + ".quick").ok();
    sandbox.write(update, "#!/bin/sh\nsleep 3\nexec " + update + ".quick \"$@\"\n");
    sandbox.run("chmod", "755", update).ok();

    CommandResult installed = onTerminal(PASSWORD, "install", "--only", "debian").ok();

    assertThat(installed.stdout())
        .containsSubsequence(PROMPT, "\r\033[KWorking on ", "\r\033[K", "trusted now");
    assertThat(onTerminal(PASSWORD, "uninstall", "--quiet").ok().stdout())
        .doesNotContain("Working on");
  }

  @Test
  void install_wrongPassword_doesTheHomeAndSaysTheCommand() {
    CommandResult result = onTerminal("wrong", "install").exits(3);

    // That sudo asks three times is its own setting.
    assertThat(result.stdout()).containsSubsequence(ANNOUNCED, PROMPT, "Try: sudo");
    assertThat(StoreStates.of(dev.devca("status", "--json").exits(3)))
        .containsEntry("node", StoreStates.TRUSTED)
        .containsEntry("nss:" + UsedHome.CHROMIUM, StoreStates.TRUSTED)
        .containsEntry("debian", "not-trusted");
  }

  @Test
  void install_noTerminal_asksNothing() {
    CommandResult result = dev.input(PASSWORD + "\n").devca("install").exits(3);

    assertThat(result.stdout() + result.stderr())
        .doesNotContain(PROMPT, ANNOUNCED)
        .contains("Try: sudo");
  }

  @Test
  void install_primaryPasswordOnTerminal_isNotAskedFor() {
    UsedHome.lockFirefox(sandbox);

    CommandResult result = onTerminal(PASSWORD, "install", "--only", "nss").exits(3);

    assertThat(result.stdout())
        .contains("it has a primary password, for which devca never asks")
        .doesNotContainIgnoringCase("enter password");
  }
}
