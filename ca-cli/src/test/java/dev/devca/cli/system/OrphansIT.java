package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code devca uninstall --orphans} beside what must stay. */
@Timeout(300)
final class OrphansIT {
  private static final String DATA = "/home/dev/.local/share/";
  private static final String NONE =
      "No store has a root of a development CA that no CA folder knows.\n";

  @AutoClose private Sandbox sandbox;
  private Caller dev;

  @BeforeEach
  void userWithSudo() {
    sandbox = Sandbox.open();
    Prerequisite.program(sandbox, "sudo", "sudo");
    dev = UsedHome.fill(sandbox);
    sandbox.write("/etc/sudoers.d/all", "dev,eve ALL=(ALL:ALL) NOPASSWD: ALL\n");
    // What else waits for the next run of this must not count as ours.
    sandbox.run("update-ca-certificates").ok();
  }

  private static String shortFingerprint(Caller caller) {
    String root = caller.devca("root").ok().stdout().strip();
    String hex =
        caller.run("openssl", "x509", "-in", root, "-noout", "-fingerprint", "-sha256").stdout();
    return hex.substring(hex.indexOf('=') + 1)
        .replace(":", "")
        .toLowerCase(Locale.ROOT)
        .substring(0, 16);
  }

  /** In which stores a root is, as those programs see it that the stores are for. */
  private List<String> holders(String fingerprint) {
    String script =
        """
        grep -rl . /usr/local/share/ca-certificates | while read -r f; do
          openssl x509 -in "$f" -noout -fingerprint -sha256
        done | tr -d : | tr A-F a-f | grep -q "$1" && echo debian
        for db in "$2" "$3"; do
          certutil -L -d "sql:$db" | sed -n 's/ *[a-zA-Z]*,[a-zA-Z]*,[a-zA-Z]* *$//p' \\
            | while read -r n; do
              certutil -L -d "sql:$db" -n "$n" -a 2>/dev/null \\
                | openssl x509 -noout -fingerprint -sha256 2>/dev/null
            done | tr -d : | tr A-F a-f | grep -q "$1" && echo "$db"
        done
        for keystore in "$4" "$5"; do
          keytool -list -keystore "$keystore" -storepass changeit 2>/dev/null \\
            | tr -d : | tr A-F a-f | grep -q "$1" && echo "$keystore"
        done
        true
        """;
    List<String> command =
        List.of(
            "bash",
            "-c",
            script,
            "bash",
            fingerprint,
            UsedHome.FIREFOX,
            UsedHome.CHROMIUM,
            UsedHome.CACERTS,
            Keystore.DEBIAN);
    return sandbox.run(command.toArray(String[]::new)).ok().stdout().lines().toList();
  }

  @Test
  void orphans_folderDeletedAndAnotherCaInUse_takesOutTheOrphanAlone() {
    dev.devca("install").ok();
    String orphan = shortFingerprint(dev);
    assertThat(holders(orphan)).hasSize(5);
    sandbox.run("rm", "-rf", DATA + "devca/rootCA.pem", DATA + "devca/rootCA-key.pem").ok();
    dev.devca("install").ok();
    String inUse = shortFingerprint(dev);
    Moment before = sandbox.now();

    CommandResult list = dev.devca("uninstall", "--orphans", "--list").ok();

    assertThat(list.stderr()).contains(orphan, "yours").doesNotContain(inUse, "Taking out");
    assertThat(FileChanges.between(before, sandbox.now())).isEmpty();

    dev.devca("uninstall", "--orphans").ok();

    assertThat(holders(orphan)).isEmpty();
    assertThat(holders(inUse)).hasSize(5);
    dev.devca("status").ok();
    assertThat(dev.devca("uninstall", "--orphans").ok().stderr()).isEqualTo(NONE);
  }

  @Test
  void orphans_ofMkcert_takenOutWhenAskedForAndItsFolderIsGone() {
    Prerequisite.program(sandbox, "mkcert", "mkcert");
    dev.devca("install").ok();
    String inUse = shortFingerprint(dev);
    dev.without("JAVA_HOME").run("mkcert", "-install").ok();
    String root = DATA + "mkcert/rootCA.pem";
    String hex =
        sandbox.run("openssl", "x509", "-in", root, "-noout", "-fingerprint", "-sha256").stdout();
    String mkcert =
        hex.substring(hex.indexOf('=') + 1).replace(":", "").toLowerCase(Locale.ROOT).strip();
    assertThat(holders(mkcert)).contains("debian", UsedHome.FIREFOX, UsedHome.CHROMIUM);
    assertThat(dev.devca("uninstall", "--orphans", "--mkcert").ok().stderr()).isEqualTo(NONE);
    sandbox.run("rm", "-r", DATA + "mkcert").ok();
    assertThat(dev.devca("uninstall", "--orphans").ok().stderr()).isEqualTo(NONE);

    dev.devca("uninstall", "--orphans", "--mkcert").ok();

    assertThat(holders(mkcert)).isEmpty();
    assertThat(holders(inUse)).hasSize(5);
    assertThat(sandbox.run("find", "/etc/ssl/certs", "-xtype", "l").stdout())
        .doesNotContain("mkcert");
    dev.devca("status").ok();
  }

  @Test
  void orphans_ofAnotherUser_areListedAndStay() {
    sandbox.run("useradd", "--create-home", "--shell", "/bin/bash", "eve").ok();
    Caller eve = sandbox.as("eve");
    eve.devca("install", "--only", "debian").ok();
    String hers = shortFingerprint(eve);

    CommandResult all = dev.devca("uninstall", "--orphans").ok();
    CommandResult named = dev.devca("uninstall", "--orphans", hers).ok();

    assertThat(all.stderr()).contains(hers, "of user ").doesNotContain("Taking out");
    assertThat(named.stderr()).contains("Left " + hers + ": it is another user's.");
    assertThat(holders(hers)).contains("debian");
    eve.devca("status", "--only", "debian").ok();
  }

  @Test
  void orphans_caInAFolderOfItsOwn_isNone() {
    Caller project = dev.env("DEVCA_HOME", "/home/dev/project/ca");
    project.devca("install", "--only", "debian,node").ok();
    String used = shortFingerprint(project);

    assertThat(dev.devca("uninstall", "--orphans").ok().stderr()).isEqualTo(NONE);
    assertThat(holders(used)).contains("debian");
    sandbox.run("rm", "-r", "/home/dev/project").ok();
    assertThat(dev.devca("uninstall", "--orphans").ok().stderr()).contains(used, "Taking out");
    assertThat(holders(used)).isEmpty();
  }

  @Test
  void orphans_nobodyKnowsWhose_isTakenOutByItsFingerprintOnly() {
    dev.devca("install", "--only", "debian").ok();
    String orphan = shortFingerprint(dev);
    sandbox
        .run("rm", "-r", DATA + "devca", "/home/dev/.local/state/devca", "/var/lib/devca/roots")
        .ok();

    CommandResult all = dev.devca("uninstall", "--orphans").ok();
    assertThat(all.stderr())
        .contains("nobody knows whose", "To take it out: devca uninstall --orphans " + orphan);
    assertThat(holders(orphan)).contains("debian");
    dev.devca("uninstall", "--orphans", "0123456789abcdef").exits(2);
    dev.devca("uninstall", "--orphans", orphan).ok();

    assertThat(holders(orphan)).isEmpty();
  }
}
