package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaHomesTest {
  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);

  @ParameterizedTest
  @CsvSource({
    "lib/security/cacerts, lib/security/cacerts",
    "lib/security/cacerts lib/security/jssecacerts, lib/security/jssecacerts",
    "jre/lib/security/cacerts, jre/lib/security/cacerts",
    "jre/lib/security/cacerts lib/security/cacerts, jre/lib/security/cacerts",
    "jre/lib/security/cacerts lib/security/jssecacerts, jre/lib/security/cacerts",
    "jre/lib/security/jssecacerts jre/lib/security/cacerts, jre/lib/security/jssecacerts",
    "jre/lib/security/java.policy lib/security/cacerts, lib/security/cacerts",
    "lib/security/jssecacerts/ lib/security/cacerts, lib/security/cacerts",
    "lib/security/java.policy,",
    "bin/java,",
    "cacerts,",
  })
  void keystore_layout_isWhatTheJdkTakes(String layout, String expected) {
    machine.directory("/opt/jdk");
    for (String name : layout.split(" ", -1)) {
      if (name.endsWith("/")) {
        machine.directory("/opt/jdk/" + name);
      } else {
        machine.file("/opt/jdk/" + name, "x");
      }
    }

    assertThat(JavaHome.at(path("/opt/jdk")))
        .isEqualTo(
            new JavaHome(
                "/opt/jdk", Optional.ofNullable(expected).map(name -> path("/opt/jdk/" + name))));
  }

  @Test
  void keystore_danglingJssecacerts_hidesNothing() throws IOException {
    Path cacerts = machine.file("/opt/jdk/lib/security/cacerts", "x");
    Files.createSymbolicLink(cacerts.resolveSibling("jssecacerts"), path("/nowhere"));

    assertThat(JavaHome.at(path("/opt/jdk")).keystore()).contains(cacerts);
  }

  @Test
  void on_debian_findsJavaHomeThenPathThenFolders() throws IOException {
    jdk("/opt/mine");
    jdk("/usr/lib/jvm/java-21");
    jdk("/usr/lib/jvm/java-17");
    machine.file("/usr/lib/jvm/.java-17.jinfo", "not a folder");
    link("/usr/lib/jvm/default-java", "java-17");
    link("/etc/alternatives/java", "/usr/lib/jvm/java-21/bin/java");
    link("/usr/bin/java", "/etc/alternatives/java");
    machine.environment.put("JAVA_HOME", "/opt/mine/");

    assertThat(JavaHomes.on(machine.host()))
        .extracting(JavaHome::name)
        .containsExactly("/opt/mine", "/usr/lib/jvm/java-21", "/usr/lib/jvm/java-17");
  }

  @Test
  void on_javaOfPathIsScriptOutsideAnyBin_isNoHome() {
    machine.file("/home/me/shims/java", "#!/bin/sh");
    machine.environment.put("PATH", "/home/me/shims");

    assertThat(JavaHomes.on(machine.host())).isEmpty();
  }

  @Test
  void on_nothingInstalled_findsNothing() {
    assertThat(JavaHomes.on(machine.host())).isEmpty();
  }

  @Test
  void on_windows_findsJavaOfPath() {
    FakeHost windows = new FakeHost(OperatingSystem.WINDOWS);
    windows.file("C:\\Program Files\\Java\\jdk\\bin\\java.exe", "MZ");
    windows.environment.put("PATH", "C:\\Windows;C:\\Program Files\\Java\\jdk\\bin");

    assertThat(JavaHomes.on(windows.host()))
        .extracting(JavaHome::name)
        .containsExactly("C:\\Program Files\\Java\\jdk");
  }

  @Test
  void on_mac_findsWhatItsToolLists() {
    FakeHost mac = new FakeHost(OperatingSystem.MAC);
    mac.file("/usr/bin/java", "a stub");
    List<String> homes =
        List.of(
            "/Library/Java/JavaVirtualMachines/temurin-21.jdk/Contents/Home",
            "/opt/homebrew/Cellar/openjdk@17/17.0.9/libexec/openjdk.jdk/Contents/Home",
            "/Library/Internet Plug-Ins/JavaAppletPlugin.plugin/Contents/Home");
    homes.forEach(home -> mac.file(home + "/bin/java", "Mach-O"));
    String list =
        """
        Matching Java Virtual Machines (3):
            21.0.1 (arm64) "Eclipse Adoptium" - "OpenJDK 21.0.1" %s
            17.0.9 (arm64) "Homebrew" - "OpenJDK 17.0.9" %s
            1.8.0_201, x86_64:	"Java SE 8"	%s
        """
            .formatted(homes.toArray());
    mac.program("/usr/libexec/java_home", command -> listing(homes.get(1) + "\n", list));

    assertThat(JavaHomes.on(mac.host()))
        .extracting(JavaHome::name)
        .containsExactly(homes.get(1), homes.get(0), homes.get(2));
  }

  private static CommandRunner.Result listing(String output, String errors) {
    return new CommandRunner.Result(
        0, output.getBytes(StandardCharsets.UTF_8), errors.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void on_macWithoutAny_findsNothing() {
    FakeHost mac = new FakeHost(OperatingSystem.MAC);
    mac.file("/usr/bin/java", "a stub");
    mac.program(
        "/usr/libexec/java_home",
        command ->
            FakeHost.exits(
                1, "The operation couldn\u2019t be completed. Unable to locate a Java Runtime."));

    assertThat(JavaHomes.on(mac.host())).isEmpty();
  }

  private Path path(String path) {
    return machine.files.getPath(path);
  }

  private void jdk(String home) {
    machine.file(home + "/bin/java", "ELF");
  }

  private void link(String link, String target) throws IOException {
    Files.createDirectories(path(link).getParent());
    Files.createSymbolicLink(path(link), path(target));
  }
}
