package dev.devca.truststore;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the tools that bring JDKs put them, see {@link Places}. What is none is found there too.
 */
final class JavaPlaces {
  private static final List<String> EVERYWHERE =
      List.of(
          "$SDKMAN_DIR/candidates/java/*",
          "~/.sdkman/candidates/java/*",
          "$JENV_ROOT/versions/*",
          "~/.jenv/versions/*",
          "$ASDF_DATA_DIR/installs/java/*",
          "~/.asdf/installs/java/*",
          "$MISE_DATA_DIR/installs/java/*",
          "$XDG_DATA_HOME/mise/installs/java/*",
          "~/.local/share/mise/installs/java/*",
          "~/.jdks/*", // JetBrains' IDEs
          // Gradle's toolchains; those of older versions lie one folder deeper.
          "$GRADLE_USER_HOME/jdks/*",
          "$GRADLE_USER_HOME/jdks/*/*",
          "~/.gradle/jdks/*",
          "~/.gradle/jdks/*/*",
          "~/.vscode/extensions/redhat.java-*/jre/*",
          "~/.vscode-insiders/extensions/redhat.java-*/jre/*",
          "~/.vscode-oss/extensions/redhat.java-*/jre/*",
          "~/.vscode-server/extensions/redhat.java-*/jre/*",
          "~/.cursor/extensions/redhat.java-*/jre/*",
          "~/.cursor-server/extensions/redhat.java-*/jre/*");
  private static final List<String> LINUX =
      List.of(
          "/usr/lib/jvm/*",
          "/usr/lib64/jvm/*", // SUSE
          "/usr/java/*", // Oracle's packages
          "/usr/local/*",
          "/opt/*",
          "/opt/*/jbr",
          "/home/linuxbrew/.linuxbrew/opt/openjdk*/libexec",
          // JetBrains' Toolbox, since version 2 and before.
          "~/.local/share/JetBrains/Toolbox/apps/*/jbr",
          "~/.local/share/JetBrains/Toolbox/apps/*/*/*/jbr",
          "/snap/*/current/jdk",
          "/snap/*/current/jbr",
          "/snap/*/current/usr/lib/jvm/*");
  private static final List<String> MAC =
      List.of(
          "/Library/Java/JavaVirtualMachines/*/Contents/Home",
          "~/Library/Java/JavaVirtualMachines/*/Contents/Home",
          "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
          "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
          "~/.sdkman/candidates/java/*/Contents/Home",
          "~/.asdf/installs/java/*/Contents/Home",
          "~/.local/share/mise/installs/java/*/Contents/Home",
          "~/.gradle/jdks/*/Contents/Home",
          "~/.gradle/jdks/*/*/Contents/Home");
  private static final List<String> WINDOWS =
      List.of(
          "$ProgramFiles/Java/*",
          "$ProgramFiles/Eclipse Adoptium/*",
          "$ProgramFiles/AdoptOpenJDK/*",
          "$ProgramFiles/Microsoft/jdk-*",
          "$ProgramFiles/Zulu/*",
          "$ProgramFiles/Amazon Corretto/*",
          "$ProgramFiles/BellSoft/*",
          "$ProgramFiles/Semeru/*",
          "$ProgramFiles/RedHat/*",
          "$ProgramFiles/OpenJDK/*",
          "$ProgramFiles/JetBrains/*/jbr",
          "$ProgramFiles/Android/*/jbr",
          "$ProgramFiles(x86)/Java/*",
          "$LOCALAPPDATA/Programs/Eclipse Adoptium/*",
          "$LOCALAPPDATA/Programs/Microsoft/jdk-*",
          // JetBrains' Toolbox, since version 2 and before.
          "$LOCALAPPDATA/Programs/*/jbr",
          "$LOCALAPPDATA/JetBrains/Toolbox/apps/*/*/*/jbr",
          "$LOCALAPPDATA/mise/installs/java/*",
          "$SCOOP/apps/*/current",
          "~/scoop/apps/*/current",
          "$SCOOP_GLOBAL/apps/*/current",
          "$ProgramData/scoop/apps/*/current",
          "~/.jabba/jdk/*");

  private JavaPlaces() {}

  /** The folders of this kind of system, in a fixed order, perhaps the same one twice. */
  static Stream<Path> folders(Host host) {
    return places(host.os()).flatMap(place -> Places.folders(host, place).stream());
  }

  private static Stream<String> places(OperatingSystem os) {
    return switch (os) {
      case LINUX -> Stream.concat(LINUX.stream(), EVERYWHERE.stream());
      case MAC -> Stream.concat(MAC.stream(), EVERYWHERE.stream());
      case WINDOWS -> Stream.concat(WINDOWS.stream(), EVERYWHERE.stream());
    };
  }

  /** Whether a file lies in a snap: an image that is mounted read-only. */
  static boolean isInSnap(Host host, Path file) {
    return host.os() == OperatingSystem.LINUX
        && (file.startsWith("/snap") || file.startsWith("/var/lib/snapd/snap"));
  }
}
