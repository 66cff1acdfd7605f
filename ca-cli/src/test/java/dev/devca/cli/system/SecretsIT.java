package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passphrases, passwords and keys under strace: where they go, and with which mode. */
@Timeout(300)
final class SecretsIT {
  private static final String PASSPHRASE = "passphrase-of-the-ca";
  private static final String PASSWORD = "password-of-the-store";
  private static final String TRACE = "/tmp/trace";
  // The key may be under a passphrase: it is a secret still.
  private static final Pattern KEY_WRITTEN =
      Pattern.compile("write(?:64)?\\(\\d+<([^>]+)>, \"-----BEGIN (?:ENCRYPTED )?PRIVATE KEY");

  @AutoClose private Sandbox sandbox;
  private Caller dev;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    Prerequisite.program(sandbox, "strace", "strace");
    dev = sandbox.as("dev").env("DEVCA_JAVA", System.getProperty("java.home") + "/bin/java");
    dev.run("sh", "-ec", "umask 077; echo " + PASSPHRASE + " > pass; echo " + PASSWORD + " > pw")
        .ok();
  }

  /** Runs it with a mask that forbids nothing, and checks what it did and said. */
  private CommandResult traced(Caller caller, String... arguments) {
    String script =
        """
        umask 0
        rm -f %s
        exec strace -f --seccomp-bpf -qq -y -s 4096 -o %s \\
          -e trace=openat,write,pwrite64,execve,mkdir "$@"
        """
            .formatted(TRACE, TRACE);
    String[] line = new String[arguments.length + 5];
    System.arraycopy(new String[] {"sh", "-ec", script, "sh", Caller.LAUNCHER}, 0, line, 0, 5);
    System.arraycopy(arguments, 0, line, 5, arguments.length);
    CommandResult result = caller.run(line);
    String log = sandbox.read(TRACE);
    assertThat(log.lines().filter(call -> call.contains("execve(")))
        .isNotEmpty()
        .noneMatch(call -> call.contains("PRIVATE KEY") || holdsSecret(call));
    assertThat(log.lines().filter(call -> call.contains("write(") || call.contains("write64(")))
        .noneMatch(SecretsIT::holdsSecret);
    assertThat(holdsSecret(result.stdout()) || holdsSecret(result.stderr()))
        .as(result.toString())
        .isFalse();
    Matcher keys = KEY_WRITTEN.matcher(log);
    for (MatchResult key : keys.results().toList()) {
      assertIsItsOwnersFromTheFirstByte(log, key.group(1));
    }
    return result;
  }

  private static void assertIsItsOwnersFromTheFirstByte(String log, String file) {
    assertThat(log.lines().filter(call -> call.contains(file) && call.contains("O_CREAT")))
        .as(file)
        .hasSize(1)
        .allSatisfy(call -> assertThat(call).containsPattern(", 0600[ )]"));
  }

  private static boolean holdsSecret(String text) {
    return text.contains(PASSPHRASE) || text.contains(PASSWORD);
  }

  @Test
  void everyCommand_secretsGiven_areOnNoCommandLineInNoOutputAndOpenToNobody() {
    traced(dev, "install", "--user-only", "--only", "node", "--debug").ok();
    traced(dev, "ca", "passphrase", "--new-passphrase-file", "pass", "--debug").ok();
    Caller knowing = dev.env("DEVCA_PASSPHRASE", PASSPHRASE).env("STORE", PASSWORD);
    traced(dev, "issue", "a.test", "--passphrase-file", "pass", "--debug").ok();
    traced(
            dev,
            "issue",
            "b.test",
            "--p12-file",
            "b.p12",
            "--password-file",
            "pw",
            "--passphrase-file",
            "pass",
            "--debug")
        .ok();
    assertIsItsOwners("b.p12");
    traced(knowing, "issue", "c.test", "--p12-file", "c.p12", "--password-env", "STORE", "--debug")
        .ok();
    assertIsItsOwners("c.p12");
    traced(knowing, "renew", "a.test", "--debug").ok();
    traced(knowing, "ca", "rotate", "--user-only", "--only", "node", "--debug").ok();

    CommandResult told = traced(dev.env("DEVCA_PASSPHRASE", PASSPHRASE), "exec", "--", "env").ok();
    assertThat(told.stdout()).contains("SSL_CERT_FILE=").doesNotContain("PASSPHRASE");
    assertThat(dev.run("sh", "-c", "find . -perm /077 -type f -exec grep -l 'PRIVATE KEY' {} +"))
        .satisfies(found -> assertThat(found.stdout()).isEmpty());
    assertThat(dev.run("find", ".local/share/devca", "-type", "d", "-perm", "/077").stdout())
        .isEmpty();
  }

  /** A key store, which the last run has written in a file of another name, and put in place. */
  private void assertIsItsOwners(String name) {
    List<String> made =
        sandbox
            .read(TRACE)
            .lines()
            .filter(call -> call.contains("O_CREAT") && call.contains("\"/home/dev/."))
            .filter(call -> !call.contains("\"/home/dev/.local/"))
            .toList();
    assertThat(made)
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call).containsPattern(", 0600[ )]"));
    assertThat(dev.run("stat", "-c", "%a", name).ok().stdout()).isEqualTo("600\n");
  }

  @Test
  void unlock_wrongPassphrase_stackTraceSaysNothingOfIt() {
    traced(dev, "ca", "create").ok();
    traced(dev, "ca", "passphrase", "--new-passphrase-file", "pass").ok();

    CommandResult result =
        traced(dev.env("DEVCA_PASSPHRASE", PASSWORD), "issue", "a.test", "--debug").exits(1);

    assertThat(result.stderr()).contains("passphrase").contains("at dev.devca.");
  }
}
