package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others plant where devca writes, and names that try to be more than names. */
@Timeout(300)
final class TricksIT {
  private static final String STATE = "/var/lib/devca";

  private Sandbox sandbox;
  private Caller root;
  private Caller dev;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    root = sandbox.root().env("DEVCA_HOME", "/root/ca");
    dev = sandbox.as("dev");
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkdir /var/lib/devca; chown dev /var/lib/devca",
        "mkdir -p /var/lib/devca/journal; chown dev /var/lib/devca/journal",
        "mkdir -m 777 /var/lib/devca",
        "mkdir /home/dev/state; ln -s /home/dev/state /var/lib/devca",
        "echo mine > /var/lib/devca"
      })
  void install_stateThatOthersMayHaveWritten_isRefused(String trick) {
    // A machine on which devca is installed has the folder.
    sandbox.run("sh", "-ec", "rm -rf /var/lib/devca; " + trick).ok();
    String before = listing();

    CommandResult result = root.devca("install", "--only", "debian").exits(1);

    assertThat(result.stderr()).contains("cannot use " + STATE + ": ").contains("sudo mv " + STATE);
    assertThat(listing()).isEqualTo(before);
    assertThat(sandbox.run("sh", "-c", "ls /usr/local/share/ca-certificates").ok().stdout())
        .doesNotContain("devca");
  }

  private String listing() {
    return sandbox.run("find", STATE, "/home/dev", "-ls").ok().stdout();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../up.test", "a\nb.test", "a\u001b[31m.test", "\u202etest.a", "a/b", ""})
  void issue_nameThatIsNone_isRefusedAndShownHarmless(String name) {
    CommandResult result = dev.devca("issue", "--", name).exits(2);

    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).startsWith("devca: cannot ").doesNotContain("\u001b", "\u202e");
    assertThat(result.stderr().lines().count()).isLessThanOrEqualTo(2);
    assertThat(dev.run("find", ".", "-name", "*.pem").ok().stdout()).isEmpty();
  }

  @Test
  void issue_nameLikeAnOption_isNoOption() {
    assertThat(dev.devca("issue", "--", "-x.test").exits(2).stderr()).contains("-x");
    assertThat(dev.devca("issue", "--force-x").exits(2).stderr()).startsWith("devca: ");
  }

  @Test
  void issue_linkPlantedInASharedFolder_isNotFollowed() {
    dev.run("ln", "-s", "/etc/passwd", "/tmp/a.test.pem").ok();
    dev.run("ln", "-s", "/etc/shadow", "/tmp/a.test-key.pem").ok();
    String before = sandbox.run("md5sum", "/etc/passwd", "/etc/shadow").ok().stdout();

    Caller inTmp = root.in("/tmp");
    assertThat(inTmp.devca("issue", "a.test").exits(1).stderr()).contains("it is a link");
    assertThat(inTmp.devca("issue", "--force", "a.test").exits(1).stderr())
        .contains("it is a link");

    assertThat(sandbox.run("md5sum", "/etc/passwd", "/etc/shadow").ok().stdout()).isEqualTo(before);
  }

  @Test
  void install_hostilePathOfRoot_runsNoneOfItsPrograms() {
    String script =
        """
        mkdir evil
        for name in update-ca-certificates certutil openssl java trust sudo readlink dirname; do
          printf '#!/bin/sh\\necho "$0" >> /tmp/hijacked\\nexit 1\\n' > evil/$name
          chmod 755 evil/$name
        done
        """;
    dev.run("sh", "-ec", script).ok();

    root.env("PATH", "/home/dev/evil:" + Caller.PATH).devca("install", "--only", "debian").ok();

    assertThat(sandbox.run("cat", "/tmp/hijacked").stdout()).isEmpty();
  }

  @Test
  void issue_requestOfAGigabyte_isRefusedAtOnce() {
    dev.run("truncate", "-s", "1G", "big.csr").ok();

    assertThat(dev.devca("issue", "--csr", "big.csr", "--cert-file", "c.pem").exits(1).stderr())
        .contains("cannot ")
        .contains("big.csr");
  }

  @Test
  void firstIssue_eachKey_isItsOwnersFromTheFirstByteAndOnNoCommandLine() {
    Prerequisite.program(sandbox, "strace", "strace");
    String script =
        """
        umask 0
        strace -f --seccomp-bpf -qq -y -s 4096 -o /tmp/trace -e trace=openat,write,pwrite64,execve \\
          "$@"
        """;
    dev.env("DEVCA_JAVA", System.getProperty("java.home") + "/bin/java")
        .run("sh", "-ec", script, "sh", Caller.LAUNCHER, "issue", "a.test")
        .ok();
    String log = sandbox.read("/tmp/trace");

    Matcher written =
        Pattern.compile("write(?:64)?\\(\\d+<([^>]+)>, \"-----BEGIN PRIVATE KEY").matcher(log);
    List<String> keys = written.results().map(match -> match.group(1)).toList();
    assertThat(keys).as("files with keys: of the CA and of the leaf").hasSize(2);
    for (String key : keys) {
      assertThat(log.lines().filter(line -> line.contains(key) && line.contains("O_CREAT")))
          .hasSize(1)
          .allSatisfy(line -> assertThat(line).containsPattern(", 0600[ )]"));
    }
    assertThat(log.lines().filter(line -> line.contains("execve(")))
        .isNotEmpty()
        .noneMatch(line -> line.contains("PRIVATE KEY"));
  }
}
