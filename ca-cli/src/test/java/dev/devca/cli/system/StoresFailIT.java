package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One store that cannot be changed, of each kind: it stays as it was, and stops no other. */
@Timeout(300)
final class StoresFailIT {

  private static final String FIREFOX = "nss:" + UsedHome.FIREFOX;
  private static final String CHROMIUM = "nss:" + UsedHome.CHROMIUM;
  private static final String OWN_JAVA = "java:" + UsedHome.CACERTS;
  private static final String SHARED_JAVA = "java:" + Keystore.DEBIAN;

  /**
   * What is wrong.
   *
   * @param name before a person
   * @param cause how it comes about
   * @param stores which cannot be changed for it
   * @param words what is said
   * @param places where nothing may move
   */
  private record Fault(
      String name,
      Consumer<Sandbox> cause,
      List<String> stores,
      String words,
      List<String> places) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Fault> faults() {
    return List.of(
        new Fault(
            "primary password",
            UsedHome::lockFirefox,
            List.of(FIREFOX),
            "it has a primary password, for which devca never asks",
            List.of(UsedHome.FIREFOX)),
        new Fault(
            "damaged database",
            sandbox -> sandbox.run("truncate", "-s", "5000", UsedHome.FIREFOX + "/cert9.db").ok(),
            List.of(FIREFOX),
            "its cert9.db is damaged",
            List.of(UsedHome.FIREFOX)),
        new Fault(
            "no certutil",
            sandbox -> sandbox.run("rm", "/usr/bin/certutil").ok(),
            List.of(CHROMIUM, FIREFOX),
            "apt-get install libnss3-tools",
            UsedHome.DATABASES),
        new Fault(
            "read-only database",
            sandbox -> makeReadOnly(sandbox, UsedHome.CHROMIUM),
            List.of(CHROMIUM),
            "cannot change " + UsedHome.CHROMIUM + ": you may not write to it",
            List.of(UsedHome.CHROMIUM)),
        new Fault(
            "damaged cacerts",
            sandbox -> sandbox.write(UsedHome.CACERTS, "not a keystore"),
            List.of(OWN_JAVA),
            "cannot read " + UsedHome.CACERTS + ": it is damaged",
            List.of(UsedHome.JDK)),
        new Fault(
            "read-only JDK",
            sandbox -> makeReadOnly(sandbox, UsedHome.JDK),
            List.of(OWN_JAVA),
            "cannot change " + UsedHome.CACERTS + ": Read-only file system",
            List.of(UsedHome.JDK)),
        new Fault(
            "JDK of root in the home",
            sandbox -> sandbox.run("chown", "-R", "root", UsedHome.JDK).ok(),
            List.of(OWN_JAVA),
            "Try: sudo chown -R ",
            List.of(UsedHome.JDK)),
        new Fault(
            "no rights",
            sandbox -> sandbox.run("rm", "/etc/sudoers.d/dev").ok(),
            List.of("debian", SHARED_JAVA),
            "it needs the rights of root",
            List.of("/etc", "/usr", "/var")));
  }

  private static void makeReadOnly(Sandbox sandbox, String folder) {
    sandbox.run("mount", "--bind", folder, folder).ok();
    sandbox.run("mount", "-o", "remount,bind,ro", folder).ok();
  }

  @AutoClose private Sandbox sandbox;
  private Caller dev;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
    Prerequisite.program(sandbox, "sudo", "sudo");
    sandbox.write("/etc/sudoers.d/dev", "dev ALL=(ALL:ALL) NOPASSWD: ALL\n");
    dev = UsedHome.fill(sandbox);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void install_oneStoreFails_leavesItAsItWasAndInstallsAllOthers(Fault fault) {
    fault.cause.accept(sandbox);
    Moment before = sandbox.now();

    CommandResult result = dev.devca("install").exits(3);

    assertThat(result.stderr()).contains(fault.words);
    Map<String, String> states = new TreeMap<>(StoreStates.of(dev.devca("status", "--json")));
    assertThat(states).containsKeys("debian", "node", FIREFOX, CHROMIUM, OWN_JAVA, SHARED_JAVA);
    fault.stores.forEach(
        store -> assertThat(states.remove(store)).as(store).isNotEqualTo(StoreStates.TRUSTED));
    assertThat(states).allSatisfy((id, state) -> assertThat(state).isEqualTo(StoreStates.TRUSTED));
    assertThat(FileChanges.between(before, sandbox.now()).paths())
        .noneMatch(path -> fault.places.stream().anyMatch(place -> path.startsWith(place)));
  }
}
