package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaPlacesTest {
  private final X509Certificate root = TestRoots.create();

  @ParameterizedTest
  @CsvSource({
    "LINUX, /usr/lib/jvm/java-21-openjdk",
    "LINUX, /usr/lib64/jvm/java-21",
    "LINUX, /usr/java/jdk-21",
    "LINUX, /usr/local/openjdk-17",
    "LINUX, /opt/jdk-21",
    "LINUX, /opt/idea-IU-243/jbr",
    "LINUX, /home/linuxbrew/.linuxbrew/opt/openjdk/libexec",
    "LINUX, /home/linuxbrew/.linuxbrew/opt/openjdk@17/libexec",
    "LINUX, ~/.sdkman/candidates/java/21.0.5-tem",
    "LINUX, /tools/sdkman/candidates/java/21.0.5-tem",
    "LINUX, ~/.jenv/versions/17.0",
    "LINUX, /tools/jenv/versions/17.0",
    "LINUX, ~/.asdf/installs/java/temurin-21",
    "LINUX, /tools/asdf/installs/java/temurin-21",
    "LINUX, ~/.local/share/mise/installs/java/21",
    "LINUX, /tools/mise/installs/java/21",
    "LINUX, /tools/data/mise/installs/java/21",
    "LINUX, ~/.jdks/corretto-17.0.9",
    "LINUX, ~/.gradle/jdks/eclipse_adoptium-21-amd64-linux.2",
    "LINUX, ~/.gradle/jdks/adoptium-17-x64-linux/jdk-17.0.1+12",
    "LINUX, /tools/gradle/jdks/eclipse_adoptium-21-amd64-linux.2",
    "LINUX, /tools/gradle/jdks/adoptium-17-x64-linux/jdk-17.0.1+12",
    "LINUX, ~/.local/share/JetBrains/Toolbox/apps/intellij-idea-ultimate/jbr",
    "LINUX, ~/.local/share/JetBrains/Toolbox/apps/IDEA-U/ch-0/231.9011.34/jbr",
    "LINUX, ~/.vscode/extensions/redhat.java-1.30.0-linux-x64/jre/17.0.10-linux-x86_64",
    "LINUX, ~/.vscode-server/extensions/redhat.java-1.30.0/jre/17.0.10-linux-x86_64",
    "LINUX, ~/.cursor/extensions/redhat.java-1.30.0/jre/17.0.10-linux-x86_64",
    "MAC, /Library/Java/JavaVirtualMachines/temurin-21.jdk/Contents/Home",
    "MAC, ~/Library/Java/JavaVirtualMachines/corretto-17/Contents/Home",
    "MAC, /opt/homebrew/opt/openjdk@21/libexec/openjdk.jdk/Contents/Home",
    "MAC, /usr/local/opt/openjdk/libexec/openjdk.jdk/Contents/Home",
    "MAC, ~/.sdkman/candidates/java/21.0.5-tem",
    "MAC, ~/.sdkman/candidates/java/17.0.1-zulu/Contents/Home",
    "MAC, ~/.asdf/installs/java/temurin-21/Contents/Home",
    "MAC, ~/.local/share/mise/installs/java/21/Contents/Home",
    "MAC, ~/.gradle/jdks/adoptium-17-aarch64-mac/jdk-17/Contents/Home",
  })
  void discover_jdkThatAToolPutThere_isFound(OperatingSystem os, String place) {
    FakeHost machine = machine(os);
    String home = place.replace("~", machine.home().toString());
    machine.file(home + "/lib/security/cacerts", "x");

    assertThat(stores(machine))
        .extracting(TrustStore::displayName)
        .containsExactly("Java (" + home + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C:\\Program Files\\Java\\jdk-21",
        "C:\\Program Files\\Eclipse Adoptium\\jdk-21.0.5.11-hotspot",
        "C:\\Program Files\\AdoptOpenJDK\\jdk-11.0.11.9-hotspot",
        "C:\\Program Files\\Microsoft\\jdk-17.0.13.11-hotspot",
        "C:\\Program Files\\Zulu\\zulu-21",
        "C:\\Program Files\\Amazon Corretto\\jdk21.0.5_11",
        "C:\\Program Files\\BellSoft\\LibericaJDK-21",
        "C:\\Program Files\\Semeru\\jdk-21.0.5.11-openj9",
        "C:\\Program Files\\RedHat\\java-17-openjdk-17.0.13.0.11-1",
        "C:\\Program Files\\OpenJDK\\jdk-22.0.2",
        "C:\\Program Files\\JetBrains\\IntelliJ IDEA 2024.3\\jbr",
        "C:\\Program Files\\Android\\Android Studio\\jbr",
        "C:\\Program Files (x86)\\Java\\jre1.8.0_431",
        "~\\AppData\\Local\\Programs\\Eclipse Adoptium\\jdk-21.0.5.11-hotspot",
        "~\\AppData\\Local\\Programs\\Microsoft\\jdk-21.0.5.11-hotspot",
        "~\\AppData\\Local\\Programs\\IntelliJ IDEA Ultimate\\jbr",
        "~\\AppData\\Local\\JetBrains\\Toolbox\\apps\\IDEA-U\\ch-0\\231.9011.34\\jbr",
        "~\\AppData\\Local\\mise\\installs\\java\\21",
        "C:\\tools\\scoop\\apps\\temurin21-jdk\\current",
        "~\\scoop\\apps\\openjdk\\current",
        "C:\\ProgramData\\scoop\\apps\\openjdk\\current",
        "~\\.jabba\\jdk\\temurin@1.21.0",
        "~\\.jdks\\corretto-21.0.5",
        "~\\.gradle\\jdks\\eclipse_adoptium-21-amd64-windows.2",
        "~\\.vscode\\extensions\\redhat.java-1.30.0-win32-x64\\jre\\17.0.10-win32-x86_64"
      })
  void discover_jdkThatAnInstallerPutOnWindows_isFound(String place) {
    FakeHost machine = new FakeHost(OperatingSystem.WINDOWS);
    String home = place.replace("~", machine.home().toString());
    // Windows says the names of variables as it likes.
    machine.environment.put("PROGRAMFILES", "C:\\Program Files");
    machine.environment.put("ProgramFiles(x86)", "C:\\Program Files (x86)");

    machine.environment.put("ProgramData", "C:\\ProgramData");
    machine.environment.put("LocalAppData", machine.home() + "\\AppData\\Local");
    machine.environment.put("SCOOP", "C:\\tools\\scoop");
    machine.file(home + "\\bin\\java.exe", "MZ");

    assertThat(stores(machine))
        .extracting(TrustStore::displayName)
        .containsExactly("Java (" + home + ")");
  }

  @Test
  void discover_folderThatIsNoJdk_isNotAStore() {
    FakeHost machine = machine(OperatingSystem.LINUX);
    machine.directory("/opt/google/chrome");
    machine.file("/opt/etc/lib/security/readme", "x");
    machine.file("/usr/local/bin/jq", "x");
    machine.file(machine.home() + "/.sdkman/candidates/java/.lock", "x");

    assertThat(stores(machine)).isEmpty();
  }

  @Test
  void discover_oneJdkThroughManyLinks_isOneStore() throws IOException {
    FakeHost machine = machine(OperatingSystem.LINUX);
    Path home = machine.home();
    Path jdk = home.resolve(".sdkman/candidates/java/21.0.5-tem");
    machine.file(jdk + "/lib/security/cacerts", "x");
    Files.createSymbolicLink(jdk.resolveSibling("current"), machine.files.getPath("21.0.5-tem"));
    machine.directory(home + "/.jenv/versions");
    for (String name : List.of("21", "21.0", "temurin64-21.0.5")) {
      Files.createSymbolicLink(home.resolve(".jenv/versions").resolve(name), jdk);
    }
    machine.environment.put("JAVA_HOME", jdk.resolveSibling("current").toString());

    assertThat(stores(machine))
        .extracting(TrustStore::id, TrustStore::displayName)
        .containsExactly(tuple("java:" + jdk + "/lib/security/cacerts", "Java (" + jdk + ")"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"loop", "file", "crowd", "dangling"})
  void discover_badPlace_findsTheOthers(String what) throws IOException {
    FakeHost machine = machine(OperatingSystem.LINUX);
    machine.file("/opt/jdk/lib/security/cacerts", "x");
    Path gradle = machine.directory(machine.home() + "/.gradle");
    Path jdks = gradle.resolve("jdks");
    switch (what) {
      case "loop" -> Files.createSymbolicLink(jdks, machine.files.getPath("jdks"));
      case "file" -> machine.file(jdks.toString(), "x");
      case "dangling" -> Files.createSymbolicLink(jdks, machine.files.getPath("/nowhere"));
      default -> {
        for (int i = 0; i < 2001; i++) {
          machine.file(jdks + "/" + i, "");
        }
        machine.file(jdks + "/jdk/lib/security/cacerts", "x");
      }
    }

    assertThat(stores(machine))
        .extracting(TrustStore::displayName)
        .containsExactly("Java (/opt/jdk)");
  }

  @ParameterizedTest
  @CsvSource({
    "/snap/intellij-idea-ultimate/current/jbr, /snap/intellij-idea-ultimate/512",
    "/snap/openjdk/current/jdk, /snap/openjdk/1735",
    "/snap/x/current/usr/lib/jvm/java-17, /var/lib/snapd/snap/x/3",
  })
  void everyOperation_jdkOfASnap_isAbsentUnlessInUse(String home, String mounted)
      throws IOException {
    FakeHost machine = machine(OperatingSystem.LINUX);
    Path current = machine.files.getPath(home).subpath(0, 3);
    current = machine.files.getPath("/").resolve(current);
    machine.directory(current.getParent().toString());
    Files.createSymbolicLink(current, machine.directory(mounted));
    Path file = machine.file(home + "/lib/security/cacerts", "x").toRealPath();
    Map<String, String> before = machine.snapshot();
    String reason = "it is part of a snap, which is read-only";

    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(stores(machine).get(0), root))
          .isEqualTo(new TrustResult.Absent(reason));
    }
    machine.environment.put("JAVA_HOME", home);

    assertThat(stores(machine)).extracting(TrustStore::id).containsExactly("java:" + file);
    assertThat(stores(machine).get(0).install(root))
        .isEqualTo(
            new TrustResult.Unavailable(
                reason, "let JAVA_HOME and PATH lead to a JDK that is no snap"));
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void discover_snapThatLinksToTheSharedKeystore_isThatStore() throws IOException {
    FakeHost machine = machine(OperatingSystem.LINUX);
    Path shared = machine.file("/etc/ssl/certs/java/cacerts", "x");
    Path security = machine.directory("/snap/x/current/jdk/lib/security");
    Files.createSymbolicLink(security.resolve("cacerts"), shared);

    assertThat(stores(machine))
        .extracting(TrustStore::id)
        .containsExactly("java:/etc/ssl/certs/java/cacerts");
  }

  private static FakeHost machine(OperatingSystem os) {
    FakeHost machine = new FakeHost(os);
    machine.environment.put("SDKMAN_DIR", "/tools/sdkman");
    machine.environment.put("JENV_ROOT", "/tools/jenv");
    machine.environment.put("ASDF_DATA_DIR", "/tools/asdf");
    machine.environment.put("MISE_DATA_DIR", "/tools/mise");
    machine.environment.put("GRADLE_USER_HOME", "/tools/gradle");
    machine.environment.put("XDG_DATA_HOME", "/tools/data");
    return machine;
  }

  private static List<TrustStore> stores(FakeHost machine) {
    return new JavaProvider().discover(machine.host());
  }
}
