package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code bin/devca} finds itself and a Java. */
@Timeout(180)
final class LauncherIT {
  private static final String APP = System.getProperty("devca.app");
  private static final String JAVA_HOME = System.getProperty("java.home");

  private static Sandbox sandbox;

  @BeforeAll
  static void open() {
    sandbox = Sandbox.open();
  }

  @AfterAll
  static void close() {
    sandbox.close();
  }

  @Test
  void start_movedAndLinked_stillWorks() {
    Caller root = sandbox.root();
    root.run("cp", "-r", APP, "/opt/dëv ca").ok();
    root.run("ln", "-s", "/opt/dëv ca/bin/devca", "/opt/first").ok();
    root.run("ln", "-s", "../opt/first", "/usr/second").ok();

    assertThat(root.run("/usr/second", "help").ok().stdout()).startsWith("devca: ");
    assertThat(root.in("/usr").run("./second", "help").ok().stdout()).startsWith("devca: ");
    assertThat(root.in("/opt/dëv ca/bin").run("sh", "devca", "help").ok().stdout())
        .startsWith("devca: ");
  }

  @Test
  void start_devcaJava_winsOverJavaHome() {
    Caller caller = sandbox.root().env("DEVCA_JAVA", "/nowhere/java").env("JAVA_HOME", JAVA_HOME);

    CommandResult result = caller.devca("help").exits(1);

    assertThat(result.stderr())
        .isEqualTo(
            """
            devca: cannot start: DEVCA_JAVA is /nowhere/java, where there is no java
            Try: unset DEVCA_JAVA
            """);
  }

  @Test
  void start_javaHomeOf17OrMore_isUsed() {
    Caller caller = sandbox.root().env("JAVA_HOME", JAVA_HOME).env("PATH", "/nowhere");
    sandbox.run("mkdir", "/coreutils").ok();
    sandbox.run("ln", "-s", "/usr/bin/readlink", "/coreutils/readlink").ok();

    assertThat(caller.env("PATH", "/coreutils").devca("help").ok().stdout()).startsWith("devca: ");
  }

  @Test
  void start_olderJavaHome_fallsBackToThePath() {
    sandbox.write("/opt/old/release", "JAVA_VERSION=\"11.0.2\"\n");
    sandbox.write("/opt/old/bin/java", "#!/bin/sh\necho too old\nexit 1\n");
    sandbox.run("chmod", "+x", "/opt/old/bin/java").ok();

    assertThat(sandbox.root().env("JAVA_HOME", "/opt/old").devca("help").ok().stdout())
        .startsWith("devca: ");
  }

  @Test
  void start_noJavaAtAll_saysWhatToInstall() {
    Caller caller = sandbox.root().env("JAVA_HOME", "/nowhere").env("PATH", "/nowhere");

    assertThat(caller.devca("help").exits(1).stderr())
        .isEqualTo(
            """
            devca: cannot start: there is no Java
            Try: install a JDK 17 or later, or set JAVA_HOME
            """);
  }

  @Test
  void start_javaThatIsTooOld_saysWhich() {
    sandbox.write("/opt/eleven/release", "JAVA_VERSION=\"11.0.2\"\n");
    sandbox.write("/opt/eleven/bin/java", "#!/bin/sh\necho too old\nexit 1\n");
    sandbox.run("chmod", "+x", "/opt/eleven/bin/java").ok();
    Caller caller = sandbox.root().env("DEVCA_JAVA", "/opt/eleven");

    assertThat(caller.devca("status").exits(1).stderr())
        .isEqualTo(
            """
            devca: cannot start: /opt/eleven/bin/java is Java 11
            Try: install a JDK 17 or later, or set DEVCA_JAVA
            """);
  }

  @Test
  void start_withoutItsJarOrFolder_saysSo() {
    Caller root = sandbox.root();
    root.run("sh", "-ec", "cp -rp \"$1\" /opt/part; rm /opt/part/lib/*.jar", "sh", APP).ok();

    assertThat(root.run("/opt/part/bin/devca", "status").exits(1).stderr())
        .startsWith("devca: cannot start: /opt/part/lib/devca-")
        .endsWith(".jar is missing\nTry: unpack devca anew\n");
    String gone = "mkdir /opt/gone; cd /opt/gone; rmdir /opt/gone; exec \"$0\" status";
    assertThat(root.run("sh", "-c", gone, Caller.LAUNCHER).exits(1).stderr())
        .endsWith("devca: cannot start: the current folder is gone\nTry: cd\n")
        .doesNotContain("java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "--help", "-h"})
  void start_whatNeverChanges_isPrintedWithoutJava(String option) {
    Caller none = sandbox.root().env("JAVA_HOME", "/nowhere").env("PATH", "/nowhere");

    String printed = none.devca(option).ok().stdout();

    String[] program = {JAVA_HOME + "/bin/java", "-cp", jar(), "dev.devca.cli.Main", option};
    assertThat(printed).isNotEmpty().isEqualTo(sandbox.root().run(program).ok().stdout());
    String full = "exec \"$0\" \"$1\" > /dev/full";
    assertThat(none.run("/bin/sh", "-c", full, Caller.LAUNCHER, option).exits(1).stderr())
        .isEqualTo(
            """
            devca: cannot write to standard output
            Try: make room where it goes, or open it
            """);
  }

  @Test
  void start_readerHasGone_endsWithoutAWord() {
    String pipe = "set -o pipefail; { sleep 0.5; \"$0\" help; } | true";

    assertThat(sandbox.root().run("bash", "-c", pipe, Caller.LAUNCHER).exits(141).stderr())
        .isEmpty();
  }

  @Test
  void package_files_areTheLaunchersAndOneUnsignedJar() {
    List<String> files =
        sandbox.run("find", APP, "-type", "f", "-printf", "%P\\n").ok().stdout().lines().toList();
    assertThat(files)
        .filteredOn(file -> !file.startsWith("lib/") && !file.startsWith("licences/"))
        .containsExactlyInAnyOrder("bin/devca", "bin/devca.cmd", "LICENSE");
    assertThat(files).filteredOn(file -> file.endsWith(".jar")).hasSize(1);
    assertThat(sandbox.run("python3", "-m", "zipfile", "-l", jar()).ok().stdout().lines())
        .noneMatch(line -> line.matches("META-INF/[^ ]*\\.(SF|RSA|DSA) .*"))
        .noneMatch(line -> line.startsWith("META-INF/versions/"));
  }

  @Test
  void package_jar_bearsTheHashOfItsContent() {
    String hash = sandbox.run("sha256sum", jar()).ok().stdout().substring(0, 16);

    assertThat(jar()).endsWith("/lib/devca-" + hash + ".jar");
  }

  @Test
  void package_classes_canAllBeArchived() {
    String script =
        """
        import struct, sys, zipfile
        jar = zipfile.ZipFile(sys.argv[1])
        for name in jar.namelist():
            if name.endswith(".class"):
                print(struct.unpack(">H", jar.read(name)[6:8])[0])
        """;
    // 50, of Java 6, is the first version that a JVM archives.
    assertThat(sandbox.run("python3", "-c", script, jar()).ok().stdout().lines())
        .allMatch(version -> Integer.parseInt(version) >= 50);
  }

  private static String jar() {
    return sandbox.run("find", APP + "/lib", "-name", "devca-*.jar").ok().stdout().strip();
  }
}
