package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code devca install --print-commands} prints, against what the install does. */
@Timeout(600)
final class PrintCommandsIT {
  private static final String CA = "/home/dev/.local/share/devca";
  // Of devca itself: its CA with its files, its notes of what to take back, its archive of classes.
  private static final Pattern OWN =
      Pattern.compile(
          "(" + CA + "|/home/dev/\\.local/state/devca|/home/dev/\\.cache/devca|/var/lib/devca)/.*");
  // Whose password sudo has, and when it was asked.
  private static final Pattern OF_SUDO = Pattern.compile("/var/lib/sudo/.*");
  private static final Pattern ARGUMENTS = Pattern.compile("\"arguments\" : \\[ (.*?) \\]");
  private static final Pattern FILE = Pattern.compile("\"file\" : \"(.*?)\"");

  @AutoClose private Sandbox sandbox;
  private Caller dev;

  @BeforeEach
  void userWithSudo() {
    sandbox = Sandbox.open();
    Prerequisite.program(sandbox, "sudo", "sudo");
    dev = UsedHome.fill(sandbox);
    sandbox.write("/etc/sudoers.d/dev", "dev ALL=(ALL:ALL) NOPASSWD: ALL\n");
    // What else waits for the next run of this must not count as ours.
    sandbox.run("update-ca-certificates").ok();
  }

  @Test
  void print_thenInstall_ranAndWroteWhatWasPrinted() {
    dev.devca("ca", "create").ok();
    String plan = dev.devca("install", "--print-commands", "--json").ok().stdout();
    Set<List<String>> planned = new HashSet<>();
    ARGUMENTS.matcher(plan).results().forEach(match -> planned.add(strings(match.group(1))));
    Set<String> files =
        FILE.matcher(plan)
            .results()
            .map(m -> m.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(planned).hasSize(3);
    assertThat(files).contains("/home/dev/.bashrc", UsedHome.CACERTS, "/home/dev/.local/bin/devca");

    TracedRun install = TracedRun.of(sandbox, dev, Caller.LAUNCHER, "install");

    assertThat(install.programs()).containsAll(planned);
    Set<String> written = install.writtenWithout(planned);
    assertThat(written).containsAll(files);
    assertThat(outside(written)).isEqualTo(outside(files));
    String again = dev.devca("install", "--print-commands", "--json").ok().stdout();
    assertThat(again).doesNotContain("\"do\"");
    assertThat(dev.devca("install", "--print-commands").ok().stdout())
        .contains("# Debian (ca-certificates): already trusted")
        .contains("# Node.js (NODE_EXTRA_CA_CERTS): already trusted");
  }

  private static List<String> strings(String list) {
    return Pattern.compile("\"(.*?)\"").matcher(list).results().map(m -> m.group(1)).toList();
  }

  private static Set<String> outside(Set<String> files) {
    return files.stream()
        .filter(file -> !OWN.matcher(file).matches() && !OF_SUDO.matcher(file).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void print_noCaYet_makesNothingAndSaysWhereItWouldBe() {
    Moment before = sandbox.now();

    TracedRun print = TracedRun.of(sandbox, dev, Caller.LAUNCHER, "install", "--print-commands");

    assertThat(print.writtenWithout(Set.of())).isEmpty();
    assertThat(FileChanges.between(before, sandbox.now())).isEmpty();
    String said = dev.devca("install", "--print-commands").ok().stdout();
    assertThat(said)
        .contains("There is no CA yet: one would be made in " + CA)
        .contains("sudo tee /usr/local/share/ca-certificates/devca-<fingerprint>.crt")
        .contains("sudo /usr/sbin/update-ca-certificates\n");
    assertThat(FileChanges.between(before, sandbox.now())).isEmpty();
  }

  @Test
  void print_bySudo_isWhatTheUserGets() {
    dev.devca("ca", "create").ok();
    String own = dev.devca("install", "--print-commands").ok().stdout();

    String bySudo = dev.run("sudo", Caller.LAUNCHER, "install", "--print-commands").ok().stdout();

    assertThat(withoutJava(bySudo)).isEqualTo(withoutJava(own)).contains("sudo tee");
  }

  /** sudo drops JAVA_HOME, by which the user's own JDK is found. */
  private static String withoutJava(String plan) {
    return Arrays.stream(plan.split("\n\n"))
        .filter(store -> !store.startsWith("# Java"))
        .collect(Collectors.joining("\n\n"));
  }

  @Test
  void print_pastedIntoAShell_makesTheseStoresTrustTheRoot() {
    dev.devca("ca", "create").ok();
    String script = dev.devca("install", "--print-commands", "--only", "debian,nss").ok().stdout();

    dev.input(script).run("sh", "-eu").ok();

    Map<String, String> states =
        StoreStates.of(dev.devca("status", "--only", "debian,nss", "--json").ok());
    assertThat(states).hasSize(3);
    assertThat(states.values()).containsOnly(StoreStates.TRUSTED);
    dev.devca("uninstall").ok();
    states = StoreStates.of(dev.devca("status", "--only", "debian,nss", "--json").exits(3));
    assertThat(states.values()).containsOnly("not-trusted");
  }
}
