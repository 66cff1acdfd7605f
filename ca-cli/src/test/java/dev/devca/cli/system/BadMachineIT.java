package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A machine on which something is wrong: what can be done is done, and the rest is as it was. */
@Timeout(300)
final class BadMachineIT {
  private static final String ANCHORS = "/usr/local/share/ca-certificates";
  private static final String UPDATE = "/usr/sbin/update-ca-certificates";
  private static final String JDK = "/opt/jdk";

  private Sandbox sandbox;
  private Caller root;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    root = sandbox.root();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  /** A folder that looks like a JDK, with a keystore of its own. */
  private void jdkWithCacerts(String password) {
    sandbox.write(JDK + "/release", "JAVA_VERSION=\"17.0.1\"\n");
    sandbox.run("mkdir", "-p", JDK + "/lib/security", JDK + "/bin").ok();
    sandbox
        .run(
            System.getProperty("java.home") + "/bin/keytool",
            "-genkeypair",
            "-keyalg",
            "EC",
            "-dname",
            "CN=other",
            "-alias",
            "other",
            "-keystore",
            JDK + "/lib/security/cacerts",
            "-storepass",
            password)
        .ok();
  }

  private String anchors() {
    return sandbox.run("find", ANCHORS, "/etc/ssl/certs", "-name", "devca*").ok().stdout();
  }

  @Test
  void install_updateMissing_leavesNoAnchorAndDoesTheRest() {
    sandbox.run("rm", UPDATE).ok();

    CommandResult result = root.devca("install").exits(3);

    assertThat(result.stderr())
        .contains("unavailable: update-ca-certificates is missing")
        .contains("Try: sudo apt-get install ca-certificates");
    assertThat(anchors()).isEmpty();
  }

  @Test
  void install_updateFails_takesTheAnchorBack() {
    sandbox.write(UPDATE, "#!/bin/sh\necho it broke >&2\nexit 7\n");

    CommandResult result = root.devca("install").exits(3);

    assertThat(result.stderr()).contains("failed: " + UPDATE + " failed: it broke");
    assertThat(anchors()).isEmpty();
  }

  @Test
  void install_damagedCacerts_leavesItAsItWas() {
    jdkWithCacerts("changeit");
    sandbox.write(JDK + "/lib/security/cacerts", "not a keystore");
    Moment before = sandbox.now();

    CommandResult result = root.env("JAVA_HOME", JDK).env("DEVCA_JAVA", java()).devca("install");

    assertThat(result.exits(3).stderr())
        .contains("cannot read " + JDK + "/lib/security/cacerts: it is damaged");
    assertThat(FileChanges.between(before, sandbox.now()).paths())
        .doesNotContain(JDK + "/lib/security/cacerts");
  }

  @Test
  void install_otherPassword_needsIt() {
    jdkWithCacerts("geheim-17");
    Caller caller = root.env("JAVA_HOME", JDK).env("DEVCA_JAVA", java());

    assertThat(caller.devca("install", "--only", "java").exits(3).stderr())
        .contains("another password")
        .contains("--java-password-file FILE");

    sandbox.write("/root/password", "geheim-17\n");
    caller.devca("install", "--java-password-file", "/root/password").ok();
    caller.env("DEVCA_JAVA_PASSWORD", "geheim-17").devca("uninstall").ok();
  }

  @Test
  void status_nonsenseJavaHome_isSaidOnlyWhenAsked() {
    Caller caller = root.env("JAVA_HOME", "/no/such/jdk").env("DEVCA_JAVA", java());
    caller.devca("install").ok();

    assertThat(caller.devca("status").ok().stderr()).doesNotContain("/no/such/jdk");
    assertThat(caller.devca("status", "--verbose").ok().stderr()).contains("/no/such/jdk");
  }

  @Test
  void issue_fullDisk_leavesNoHalfCa() {
    sandbox.run("mkdir", "/full").ok();
    sandbox.run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", "/full").ok();
    sandbox.run("sh", "-c", "head -c 100000 /dev/zero > /full/fill; true").ok();
    Caller caller = root.env("DEVCA_HOME", "/full/ca");

    CommandResult result = caller.devca("issue", "a.test").exits(1);

    assertThat(result.stderr()).startsWith("devca: cannot ").contains("No space left on device");
    assertThat(result.stderr().lines()).hasSize(2);
    sandbox.run("rm", "/full/fill").ok();
    caller.devca("issue", "a.test").ok();
  }

  @Test
  void install_fullDiskAtTheJournal_changesNoKeystore() {
    sandbox.run("mkdir", "-p", "/var/lib/devca").ok();
    sandbox.run("mount", "-t", "tmpfs", "-o", "size=64k,mode=755", "tmpfs", "/var/lib/devca").ok();
    String before = sandbox.run("sha256sum", "/etc/ssl/certs/java/cacerts").ok().stdout();

    CommandResult result = root.devca("install", "--only", "java").exits(1);

    assertThat(result.stderr()).contains("No space left on device");
    assertThat(sandbox.run("sha256sum", "/etc/ssl/certs/java/cacerts").ok().stdout())
        .isEqualTo(before);
  }

  @Test
  void uninstall_corruptCa_stillTakesTheRootOut() {
    root.devca("install").ok();
    sandbox.write("/root/.local/share/devca/rootCA.pem", "garbage");

    CommandResult result = root.devca("uninstall").ok();

    assertThat(result.stderr()).contains("removed");
    assertThat(anchors()).isEmpty();
  }

  private static String java() {
    return System.getProperty("java.home") + "/bin/java";
  }
}
