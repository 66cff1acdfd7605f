package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How {@code bin/devca.cmd} finds itself and a Java, and what cmd makes of {@code env}: on Wine.
 */
@Timeout(300)
final class CmdIT {
  private static final Path APP = AppFolder.PATH;
  private static final Path WINE = Path.of("/usr/lib/wine/wine64");
  private static final Path MINGW = Path.of("/usr/bin/x86_64-w64-mingw32-gcc");
  // Says how it was called, instead of being a Java.
  private static final String STUB =
      """
      #include <stdio.h>
      #include <stdlib.h>
      int main(int count, char **words) {
        for (int i = 0; i < count; i++) puts(words[i]);
        return atoi(getenv("STUB_EXIT"));
      }
      """;
  private static final String ARGUMENTS =
      "issue \"a b\" *.x.test \"x&y\" \"--cert-file=C:\\a b\\c\"";

  // Not in a temporary folder: a prefix has links that lead out of it.
  private static final Path WINE_HOME = APP.resolveSibling("wine");

  private Path work;
  private final Map<String, String> environment = new HashMap<>();
  private Path app;

  @BeforeAll
  static void makePrefix() throws Exception {
    for (Path program : List.of(WINE, MINGW)) {
      if (!Files.isExecutable(program)) {
        Prerequisite.missing(
            program + " is missing", "apt-get install wine64 gcc-mingw-w64-x86-64-win32");
      }
    }
    Files.createDirectories(WINE_HOME);
    run(Map.of(), WINE.toString(), "wineboot", "-i");
    Path drive = WINE_HOME.resolve("prefix").resolve("dosdevices").resolve("z:");
    Files.deleteIfExists(drive);
    Files.createSymbolicLink(drive, WINE_HOME);
    Path source = Files.writeString(WINE_HOME.resolve("java.c"), STUB);
    assertThat(
            run(Map.of(), MINGW.toString(), "-o", stub().toString(), source.toString()).exitCode())
        .isZero();
  }

  @AfterAll
  static void end() throws Exception {
    run(Map.of(), "/usr/lib/wine/wineserver", "-k");
  }

  private static Path stub() {
    return WINE_HOME.resolve("java.exe");
  }

  private static CommandResult run(Map<String, String> more, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("HOME", WINE_HOME.toString());
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("WINEPREFIX", WINE_HOME.resolve("prefix").toString());
    builder.environment().put("WINEDEBUG", "-all");
    builder.environment().put("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe=");
    builder.environment().putAll(more);
    Path output = Files.createTempFile(WINE_HOME, "output", null);
    Process process = builder.directory(WINE_HOME.toFile()).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(output, StandardCharsets.UTF_8).replace("\r\n", "\n");
    return new CommandResult(List.of(command), process.exitValue(), said, "");
  }

  @BeforeEach
  void copyTheFolder() throws IOException {
    work = Files.createTempDirectory(WINE_HOME, "test");
    app = work.resolve("Program Files (x86)").resolve("devca & co");
    Files.createDirectories(app.resolve("bin"));
    Files.copy(APP.resolve("bin").resolve("devca.cmd"), app.resolve("bin").resolve("devca.cmd"));
    environment.put("STUB_EXIT", "0");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = work.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.copy(stub(), home.resolve("bin").resolve("java.exe"));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"x\"\r\nJAVA_VERSION=\"" + version + "\"\r\nOS_NAME=\"Windows\"\r\n");
    return home;
  }

  /** A path as Wine's programs see it. */
  private static String dos(Path path) {
    return "Z:\\" + WINE_HOME.relativize(path).toString().replace('/', '\\');
  }

  private CommandResult cmd(String... lines) throws Exception {
    Path script = work.resolve("script.cmd");
    Files.writeString(script, "@echo off\r\n" + String.join("\r\n", lines) + "\r\n");
    return run(environment, WINE.toString(), "cmd", "/c", dos(script));
  }

  private CommandResult devca() throws Exception {
    return cmd("call \"" + dos(app.resolve("bin").resolve("devca.cmd")) + "\" " + ARGUMENTS);
  }

  private void assertStarted(Path java) throws Exception {
    List<String> words = devca().stdout().lines().toList();
    String lib = dos(app.resolve("bin")) + "\\..\\lib\\";
    assertThat(words.get(0)).isEqualTo(dos(java));
    assertThat(words)
        .contains("-Djna.nosys=true", "-Ddevca.launcher=" + dos(app.resolve("bin/devca.cmd")))
        .contains(lib + AppFolder.jar().getFileName() + ";" + lib + "ext\\*");
    List<String> arguments = new ArrayList<>(words);
    arguments.subList(0, words.indexOf("dev.devca.cli.Main") + 1).clear();
    assertThat(arguments)
        .containsExactly("issue", "a b", "*.x.test", "x&y", "--cert-file=C:\\a b\\c");
  }

  @Test
  void start_javaHomeOf17OrMore_isUsed() throws Exception {
    Path home = jdk("jdk 17 (x86)", "17.0.1");
    environment.put("JAVA_HOME", dos(home));
    environment.put("WINEPATH", dos(jdk("other", "21").resolve("bin")));

    assertStarted(home.resolve("bin/java.exe"));
  }

  @Test
  void start_olderJavaHome_fallsBackToThePath() throws Exception {
    Path path = jdk("on the path", "21").resolve("bin");
    environment.put("JAVA_HOME", dos(jdk("jdk 8", "1.8.0_431")));
    environment.put("WINEPATH", dos(path));

    assertStarted(path.resolve("java.exe"));
  }

  @Test
  void start_devcaJava_winsOverJavaHome() throws Exception {
    Path home = jdk("mine", "25");
    environment.put("DEVCA_JAVA", dos(home));
    environment.put("JAVA_HOME", dos(jdk("theirs", "25")));

    assertStarted(home.resolve("bin/java.exe"));
    environment.put("DEVCA_JAVA", dos(home.resolve("bin/java.exe")));
    assertStarted(home.resolve("bin/java.exe"));
  }

  @Test
  void start_devcaJavaThatIsNone_saysSo() throws Exception {
    environment.put("DEVCA_JAVA", "Z:\\no (x86) & where");

    assertThat(devca().stdout())
        .isEqualTo(
            """
            devca: cannot start: DEVCA_JAVA is "Z:\\no (x86) & where", where there is no java
            Try: set DEVCA_JAVA=
            """);
  }

  @Test
  void start_noJavaAtAll_saysWhatToInstall() throws Exception {
    assertThat(devca().stdout())
        .isEqualTo(
            """
            devca: cannot start: there is no Java
            Try: install a JDK 17 or later, or set JAVA_HOME
            """);
  }

  @Test
  void exitCode_ofTheProgram_isThatOfTheScript() throws Exception {
    environment.put("JAVA_HOME", dos(jdk("jdk", "17")));
    environment.put("STUB_EXIT", "3");
    // Wine's "call" answers 1 for every failure, so the script is called by itself.
    Path script = Files.copy(APP.resolve("bin/devca.cmd"), work.resolve("devca.cmd"));

    assertThat(run(environment, WINE.toString(), "cmd", "/c", dos(script)).exitCode()).isEqualTo(3);
  }

  @Test
  void env_linesForCmd_setTheVeryValue() throws Exception {
    String home = "/home/a & b (c) ^d !e";
    String line;
    try (Sandbox sandbox = Sandbox.open()) {
      Caller user = sandbox.root().env("HOME", sandbox.newHome(home));
      user.devca("install", "--only", "node").ok();
      line = user.devca("env", "--shell", "cmd").ok().stdout().strip();
    }
    // As a line of a script: what "for /f" gives, Wine does not take for a command.
    CommandResult result = cmd(line, "set NODE_EXTRA");

    assertThat(result.stdout())
        .isEqualTo("NODE_EXTRA_CA_CERTS=" + home + "/.local/share/devca/node-extra-ca.pem\n");
  }
}
