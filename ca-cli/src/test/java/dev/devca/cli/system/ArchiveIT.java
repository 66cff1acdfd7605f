package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which archive of classes {@code bin/devca} gives to the JVM. An archive is code: one that another
 * could have written is never used. One that cannot be used costs time, and no word.
 */
@Timeout(180)
final class ArchiveIT {
  private static final String APP = System.getProperty("devca.app");
  private static final String JAVA_HOME = System.getProperty("java.home");
  private static final String CACHE = "/home/dev/.cache/devca";
  private static final String NAME = "Tester_Ltd-17.0.99+1-x.jsa";

  private Sandbox sandbox;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  /** A Java that says how it was started. */
  private Caller tellTale(Caller caller, String version) {
    sandbox.write(
        "/opt/jvm/release",
        "IMPLEMENTOR=\"Tester Ltd\"\nJAVA_RUNTIME_VERSION=\"%s.0.99+1-x\"\nJAVA_VERSION=\"%s.0.99\"\n"
            .formatted(version, version));
    sandbox.write("/opt/jvm/bin/java", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    sandbox.run("chmod", "+x", "/opt/jvm/bin/java").ok();
    return caller.env("DEVCA_JAVA", "/opt/jvm");
  }

  private static List<String> options(Caller caller, String... arguments) {
    return caller.devca(arguments).ok().stdout().lines().toList();
  }

  /** A file that the launcher would use, in a folder of dev's. */
  private String archive(String folder, String name) {
    String script =
        """
        set -eu
        jar=$(ls "$2"/lib/devca-*.jar)
        name=${jar##*/}
        mkdir -p -m 700 "$1"
        echo classes > "$1/${name%.jar}-$3"
        echo "$jar" > "$1/${name%.jar}-$3.place"
        touch -r "$jar" "$1/${name%.jar}-$3"
        echo "$1/${name%.jar}-$3"
        """;
    return sandbox.as("dev").run("sh", "-c", script, "sh", folder, APP, name).ok().stdout().strip();
  }

  @ParameterizedTest
  @CsvSource({
    "17, jsa, -XX:SharedArchiveFile=, issue",
    "21, jsa, -XX:SharedArchiveFile=, status",
    "25, issue.aot, -XX:AOTCache=, issue",
    "25, issue.aot, -XX:AOTCache=, root",
    "25, aot, -XX:AOTCache=, status"
  })
  void archive_ofThisJava_isUsed(String version, String end, String option, String command) {
    String archive = archive(CACHE, "Tester_Ltd-" + version + ".0.99+1-x." + end);

    assertThat(options(tellTale(sandbox.as("dev"), version), command))
        .contains(option + archive, "-Xlog:disable")
        .noneMatch(line -> line.startsWith("-Ddevca.archive="));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tester_Ltd-17.0.98+1-x.jsa", "Another-17.0.99+1-x.jsa"})
  void archive_ofAnotherJava_isNotUsed(String name) {
    archive(CACHE, name);

    assertNotUsed(tellTale(sandbox.as("dev"), "17"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chmod 720 \"$folder\"",
        "chmod 702 \"$folder\"",
        "chmod 660 \"$archive\"",
        "chmod 606 \"$archive\"",
        "chown nobody \"$archive\"",
        "chown nobody \"$folder\" && chmod 755 \"$folder\" && chmod 644 \"$archive\"",
        "touch \"$archive\"",
        "truncate -s 3 \"$archive\"",
        "mv \"$archive\" \"$archive.real\" && ln -s \"$archive.real\" \"$archive\"",
        "rm \"$archive\" && mkdir \"$archive\"",
        "chmod 000 \"$archive\"",
        "rm \"$archive.place\"",
        "echo /opt/elsewhere/lib/devca.jar > \"$archive.place\""
      })
  void archive_thatAnotherCouldHaveWrittenOrIsDamaged_isNotUsed(String deed) {
    String archive = archive(CACHE, NAME);
    String script = "archive=$1 folder=${1%/*}\n" + deed;
    sandbox.run("sh", "-ec", script, "sh", archive).ok();

    assertNotUsed(tellTale(sandbox.as("dev"), "17"));
  }

  @Test
  void archive_ofAUser_isNeverUsedByRoot() {
    archive(CACHE, NAME);

    assertNotUsed(tellTale(sandbox.root().env("HOME", "/home/dev"), "17"));
  }

  @Test
  void archive_ofRoot_isUsedByAUser() {
    String archive = archive(CACHE, NAME);
    String script = "chown root \"$1\" \"${1%/*}\"; chmod 755 \"${1%/*}\"; chmod 644 \"$1\"";
    sandbox.run("sh", "-c", script, "sh", archive).ok();

    assertThat(options(tellTale(sandbox.as("dev"), "17"), "status"))
        .contains("-XX:SharedArchiveFile=" + archive);
  }

  @Test
  void start_otherCacheFolder_isSearched() {
    String archive = archive("/home/dev/my cache/devca", NAME);
    Caller dev = tellTale(sandbox.as("dev"), "17").env("XDG_CACHE_HOME", "/home/dev/my cache");

    assertThat(options(dev, "status")).contains("-XX:SharedArchiveFile=" + archive);
  }

  @ParameterizedTest
  @CsvSource({
    "issue a.test,false",
    "issue a.test --key rsa2048,true",
    "issue a.test --key=rsa4096,true",
    "issue --batch -,true",
    "issue --batch /srv/few,false",
    "issue --batch=/srv/few,false",
    "issue --batch /srv/rsa,true",
    "issue --batch=/srv/many,true"
  })
  void start_muchToCompute_bothCompilersWork(String line, boolean both) {
    String lists =
        "echo a.test > /srv/few; echo a.test --key rsa2048 > /srv/rsa; seq 20001 > /srv/many";
    sandbox.run("sh", "-ec", lists).ok();
    Caller dev = tellTale(sandbox.as("dev"), "17");

    assertThat(options(dev, line.split(" ", -1)).contains("-XX:TieredStopAtLevel=1"))
        .isEqualTo(!both);
  }

  @Test
  void install_javaThatDevcaWasNotPackagedFor_makesItsArchiveAndUninstallRemovesIt() {
    Caller dev = otherApp().in("/home/dev");
    Moment before = sandbox.now();

    dev.run("/opt/app/bin/devca", "install", "--only", "node").ok();

    List<String> made =
        sandbox
            .run("find", CACHE, "-name", "devca-*", "-printf", "%m %u\\n")
            .ok()
            .stdout()
            .lines()
            .toList();
    // With where the jar lay, each.
    assertThat(made).hasSize(Runtime.version().feature() < 25 ? 2 : 4).containsOnly("600 dev");
    assertThat(sandbox.run("find", CACHE, "-name", ".new*").ok().stdout()).isEmpty();
    assertThat(sandbox.run("pgrep", "java").exitCode()).as("no process is left").isEqualTo(1);
    Caller shown = dev.env("JAVA_TOOL_OPTIONS", "-XX:+PrintFlagsFinal");
    assertThat(shown.run("/opt/app/bin/devca", "list").ok().stdout()).contains(CACHE + "/devca-");

    dev.run("/opt/app/bin/devca", "uninstall", "--delete-ca").ok();
    assertThat(FileChanges.between(before, sandbox.now()).paths())
        .noneMatch(path -> path.contains(".cache"));
  }

  @Test
  void install_folderWasMoved_laterStartsUseArchives() {
    sandbox.run("sh", "-ec", "cp -rp \"$1\" /opt/moved", "sh", APP).ok();
    Caller dev = sandbox.as("dev").env("DEVCA_JAVA", JAVA_HOME).in("/home/dev");

    dev.run("/opt/moved/bin/devca", "install", "--only", "node").ok();

    // Nothing of Java 19 and later minds the move.
    String folder = Runtime.version().feature() < 19 ? CACHE : "/opt/moved/lib";
    Caller shown = dev.env("JAVA_TOOL_OPTIONS", "-XX:+PrintFlagsFinal");
    for (String command : List.of("root", "list")) {
      assertThat(shown.run("/opt/moved/bin/devca", command).ok().stdout())
          .contains(folder + "/devca-");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkdir -p /home/dev/.cache && chmod 555 /home/dev/.cache && chown root /home/dev/.cache",
        "echo file > /home/dev/.cache"
      })
  void install_cacheThatCannotBeWritten_saysNothing(String deed) {
    Caller dev = otherApp().in("/home/dev");
    String said = dev.run("/opt/app/bin/devca", "install", "--only", "node").ok().stderr();
    dev.run("/opt/app/bin/devca", "uninstall").ok();
    sandbox.run("sh", "-c", "rm -rf /home/dev/.cache\n" + deed).ok();

    CommandResult again = dev.run("/opt/app/bin/devca", "install", "--only", "node").ok();

    assertThat(again.stdout()).isEmpty();
    assertThat(again.stderr().lines()).isSubsetOf(said.lines().toList());
  }

  /** The archive that was packaged, spoilt in such a way that the launcher cannot see it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "dd if=/dev/zero of=\"$archive\" bs=1k count=8 conv=notrunc",
        "echo no archive > \"$archive\"",
        ": > \"$archive\""
      })
  void start_archiveThatTheJvmRefuses_costsNoWord(String deed) {
    String script =
        """
        cp -rp "$1" /opt/spoilt
        archive=$(ls /opt/spoilt/lib/*-*-*.jsa /opt/spoilt/lib/*.issue.aot 2> /dev/null || :)
        ls /opt/spoilt/lib/*.jar > "$archive.place"
        touch -r "$archive" /opt/time
        """
            + deed
            + "\ntouch -r /opt/time \"$archive\"";
    sandbox.run("sh", "-ec", script, "sh", APP).ok();
    Caller root = sandbox.root().env("DEVCA_JAVA", JAVA_HOME);

    CommandResult result = root.run("/opt/spoilt/bin/devca", "issue", "--help").ok();

    assertThat(result.stdout()).startsWith("Issues a certificate ");
    assertThat(result.stderr()).isEmpty();
  }

  @Test
  void start_jarReplacedByAnother_runsTheNewOne() {
    // Another jar has another name, and the launcher beside it names that one.
    String script =
        """
        cp -rp "$1" /opt/new
        cd /opt/new/lib
        jar=$(ls devca-*.jar)
        mv "$jar" devca-0123456789abcdef.jar
        hash=${jar#devca-}
        sed -i "s/${hash%.jar}/0123456789abcdef/g" ../bin/devca
        """;
    sandbox.run("sh", "-ec", script, "sh", APP).ok();
    Caller root = tellTale(sandbox.root(), "17");

    assertThat(root.run("/opt/new/bin/devca", "status").ok().stdout())
        .contains("/opt/new/lib/devca-0123456789abcdef.jar")
        .doesNotContain("SharedArchiveFile", "AOTCache");
  }

  /** The application folder without the archive that it was packaged with. */
  private Caller otherApp() {
    sandbox.run("sh", "-ec", "cp -r \"$1\" /opt/app; rm /opt/app/lib/*-*-*", "sh", APP).ok();
    return sandbox.as("dev").env("DEVCA_JAVA", JAVA_HOME);
  }

  private static void assertNotUsed(Caller caller) {
    assertThat(options(caller, "status"))
        .noneMatch(line -> line.matches("-XX:(SharedArchiveFile|AOTCache)=.*"))
        .noneMatch("-Xlog:disable"::equals)
        .anyMatch(line -> line.startsWith("-Ddevca.archive=devca-"))
        .contains("dev.devca.cli.Main", "status");
  }
}
