package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A used home, its stores and its profiles after {@code devca uninstall}: as before. */
@Timeout(180)
final class RestoreIT {

  private static final String CA = UsedHome.HOME + "/.local/share/devca";

  @ParameterizedTest(name = "CA folder deleted meanwhile: {0}")
  @ValueSource(booleans = {false, true})
  void uninstall_usedHome_leavesAllAsItWasAndDoesNothingTwice(boolean caIsGone) {
    try (Sandbox sandbox = Sandbox.open()) {
      Prerequisite.program(sandbox, "sudo", "sudo");
      sandbox.write("/etc/sudoers.d/dev", "dev ALL=(ALL:ALL) NOPASSWD: ALL\n");
      Caller dev = UsedHome.fill(sandbox);
      // What else waits for the next run of this must not count as ours.
      sandbox.run("update-ca-certificates").ok();
      dev.devca("issue", "a.test").ok();
      Map<String, String> rows = rows(sandbox);
      Moment before = sandbox.now();

      dev.devca("install").ok();
      assertThat(rows(sandbox)).doesNotContainEntry(UsedHome.FIREFOX, rows.get(UsedHome.FIREFOX));
      assertThat(FileChanges.between(before, sandbox.now()).paths())
          .contains(UsedHome.CACERTS, UsedHome.HOME + "/.bashrc", Keystore.DEBIAN);
      if (caIsGone) {
        dev.run("rm", "-r", CA).ok();
      }
      dev.devca("uninstall").ok();
      Moment uninstalled = sandbox.now();

      assertThat(rows(sandbox)).isEqualTo(rows);
      FileChanges left =
          FileChanges.between(before, uninstalled)
              .except("/home/dev/{.mozilla,.pki}/**.db", "its rows are compared, not its bytes")
              .except("/**/devca/.lock", "each holder writes its mark into a lock")
              .except("/var/log/dpkg.log", "Debian's hook for Java starts dpkg, which keeps a log");
      assertThat(left.paths()).allMatch(path -> caIsGone && path.startsWith(CA));
      assertThat(dev.devca("uninstall").ok().stderr()).doesNotContain("removed");
      assertThat(FileChanges.between(uninstalled, sandbox.now()).paths())
          .allMatch(path -> path.endsWith("/devca/.lock"));
    }
  }

  @Test
  void uninstall_journalIsTornOrOfSomebodyElse_takesOutTheRootAloneAndSaysSo() {
    try (Sandbox sandbox = Sandbox.open()) {
      Prerequisite.program(sandbox, "sudo", "sudo");
      sandbox.write("/etc/sudoers.d/dev", "dev ALL=(ALL:ALL) NOPASSWD: ALL\n");
      Caller dev = UsedHome.fill(sandbox);
      sandbox.run("update-ca-certificates").ok();
      Map<String, String> rows = rows(sandbox);
      Keystore shared = Keystore.read(sandbox, Keystore.DEBIAN);
      Keystore own = Keystore.read(sandbox, UsedHome.CACERTS);
      String profile = sandbox.read(UsedHome.HOME + "/.bashrc");
      dev.devca("install").ok();
      String torn = "truncate -s -1 .local/state/devca/journal/*.journal";
      dev.run("sh", "-ec", torn).ok();
      sandbox.run("sh", "-ec", "chown dev /var/lib/devca/journal/*.journal").ok();

      CommandResult result = dev.devca("uninstall").ok();

      assertThat(result.stderr())
          .contains(UsedHome.HOME + "/.bashrc is not used (", "it is damaged, or of another file")
          .contains(" is not used (/var/lib/devca/journal/", "it belongs to dev");
      assertThat(rows(sandbox)).isEqualTo(rows);
      assertThat(Keystore.read(sandbox, Keystore.DEBIAN).differencesTo(shared)).isEmpty();
      assertThat(Keystore.read(sandbox, UsedHome.CACERTS).differencesTo(own)).isEmpty();
      assertThat(sandbox.read(UsedHome.HOME + "/.bashrc")).isEqualTo(profile);
      assertThat(sandbox.run("sh", "-c", "ls -A /var/lib/devca " + UsedHome.HOME + "/.local/state"))
          .extracting(CommandResult::stdout)
          .asString()
          .doesNotContain("journal");
    }
  }

  private static Map<String, String> rows(Sandbox sandbox) {
    Map<String, String> rows = new TreeMap<>();
    UsedHome.DATABASES.forEach(folder -> rows.put(folder, NssRows.read(sandbox, folder)));
    return rows;
  }
}
