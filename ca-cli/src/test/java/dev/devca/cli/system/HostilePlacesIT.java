package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders and files that are not what they seem: named by variables, or linked into a home. */
@Timeout(180)
final class HostilePlacesIT {
  private static final String VICTIMS = "/home/victim /etc/shadow /etc/passwd /root/.profile";

  @AutoClose private Sandbox sandbox;
  private Caller root;
  private Caller dev;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    root = sandbox.root();
    dev = sandbox.as("dev");
    root.run("sh", "-ec", "echo precious > /home/victim; touch /root/.profile").ok();
  }

  private String victims() {
    String script = "md5sum " + VICTIMS + "; stat -c '%a %U %n' " + VICTIMS;
    return root.run("sh", "-ec", script).ok().stdout();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "root"})
  void install_profileIsAHardLinkToAFileOfRoots_thatFileStaysAsItIs(String user) {
    root.run("sh", "-ec", "rm -f /home/dev/.profile; ln /home/victim /home/dev/.profile").ok();
    String before = victims();
    Caller caller = user.equals("dev") ? dev : root.env("HOME", "/home/dev");

    CommandResult result = caller.devca("install", "--user-only", "--only", "node");

    assertThat(victims()).isEqualTo(before);
    assertThat(result.stderr()).contains("Node.js");
    caller.devca("uninstall", "--user-only", "--only", "node");
    assertThat(victims()).isEqualTo(before);
    assertThat(root.run("cat", "/home/dev/.profile").ok().stdout()).isEqualTo("precious\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/etc", "/home/victim", "/root", "/home/other", "/home/dev/link", "/proc/1"})
  void issue_caFolderThatIsSomethingElse_isRefusedAndNothingIsMade(String folder) {
    root.run("sh", "-ec", "mkdir -m 755 /home/other; ln -s /root /home/dev/link").ok();
    String before = victims() + root.run("ls", "-A1", "/", "/etc", "/home/other", "/root").stdout();

    CommandResult result = dev.env("DEVCA_HOME", folder).devca("issue", "a.test").exits(1);

    assertThat(result.stderr()).startsWith("devca: cannot ").contains("\nTry: ");
    assertThat(victims() + root.run("ls", "-A1", "/", "/etc", "/home/other", "/root").stdout())
        .isEqualTo(before);
    assertThat(dev.run("find", ".", "-name", "*.pem").ok().stdout()).isEmpty();
  }

  @Test
  void install_rootsJavaHomeIsATrap_runsNothingOfItAndWritesThroughNoLink() {
    String script =
        """
        mkdir -p evil/bin evil/lib/security
        for name in java keytool; do
          printf '#!/bin/sh\\necho "$0" >> /tmp/hijacked\\n' > evil/bin/$name
          chmod 755 evil/bin/$name
        done
        echo 'JAVA_VERSION="17.0.1"' > evil/release
        ln -s /etc/shadow evil/lib/security/cacerts
        """;
    dev.run("sh", "-ec", script).ok();
    String before = victims();

    CommandResult result =
        root.env("JAVA_HOME", "/home/dev/evil")
            .env("DEVCA_JAVA", System.getProperty("java.home") + "/bin/java")
            .devca("install", "--only", "java");

    assertThat(result.stderr()).contains("/home/dev/evil").contains("unavailable");
    assertThat(victims()).isEqualTo(before);
    assertThat(root.run("cat", "/tmp/hijacked").stdout()).isEmpty();
  }
}
