package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.truststore.Host;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevcaTest {
  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "install",
        "issue",
        "status",
        "uninstall",
        "root",
        "env",
        "exec",
        "list",
        "renew",
        "doctor",
        "ca info",
        "ca create",
        "ca import",
        "ca export",
        "ca rotate",
        "ca passphrase"
      })
  void help_eachCommand_isAsItsGoldenFile(String command) throws Exception {
    CommandLineRun run = CommandLineRun.in(home, (command + " --help").split(" "));

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(golden("help-" + command.replace(' ', '-') + ".txt"));
    assertThat(CommandLineRun.in(home, ("help " + command).split(" ")).out()).isEqualTo(run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help", ""})
  void help_ofTheProgram_isAsItsGoldenFile(String argument) throws Exception {
    CommandLineRun run =
        argument.isEmpty() ? CommandLineRun.in(home) : CommandLineRun.in(home, argument);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(golden("help.txt"));
    assertThat(home).isEmptyDirectory();
  }

  private static String golden(String name) throws Exception {
    return Files.readString(Path.of("src/test/resources/dev/devca/cli", name));
  }

  @Test
  void version_anything_isOneLine() {
    assertThat(CommandLineRun.in(home, "--version").out()).matches("devca [0-9][^\n]*\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          instal            | devca: cannot run 'instal': there is no such command | devca install
          isseu             | devca: cannot run 'isseu': there is no such command | devca issue
          rotate            | devca: cannot run 'rotate': there is no such command | devca ca rotate
          issue a.test --cert x | devca: cannot understand 'devca issue': Unknown option: '--cert'; perhaps --cert-file | devca issue --help
          isue              | devca: cannot run 'isue': there is no such command | devca issue
          ca rotat          | devca: cannot run 'ca rotat': there is no such command | devca ca rotate
          ca zzz            | devca: cannot run 'ca zzz': there is no such command | devca ca --help
          issue a.test --day 3 | devca: cannot understand 'devca issue': Unknown option: '--day'; perhaps --days | devca issue --help
          issue a.test --vlaid=3d | devca: cannot understand 'devca issue': Unknown option: '--vlaid=3d'; perhaps --valid | devca issue --help
          frobnicate        | devca: cannot run 'frobnicate': there is no such command | devca --help
          --json            | devca: cannot start: '--json' stands where a command is to be | devca --help
          status --nonsense | devca: cannot understand 'devca status': Unknown option: '--nonsense' | devca status --help
          status extra      | devca: cannot understand 'devca status': Unmatched argument at index 0: 'extra' | devca status --help
          status --only x   | devca: cannot choose stores: there is no store 'x'; known are debian | devca status
          status --user-only --only debian | devca: cannot choose stores: none of those lies in your home alone, as --user-only asks | devca status
          status --only java --skip java | devca: cannot choose stores: none is left | devca status
          exec              | devca: cannot run a command: none was given | devca exec -- env
          doctor http://a.test | devca: cannot examine 'http://a.test': only https is looked at | devca doctor --help
          doctor a.test --only x | devca: cannot choose clients: there is no client 'x'; known are curl | devca doctor
          doctor a.test --key k | devca: cannot examine 'a.test': --key is for a file, and it is none | devca doctor --help
          env --shell tcsh  | devca: cannot print lines for the shell 'tcsh': known are bash, zsh, fish, powershell, cmd, dotenv, docker | devca env --shell bash
          """)
  void run_wrongUsage_saysWhyAndWhatToType(String line, String why, String remedy) {
    CommandLineRun run = CommandLineRun.in(home, line.split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    List<String> lines = run.err().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith(why);
    assertThat(lines.get(1)).isEqualTo("Try: " + remedy);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void doctor_emptyWord_isNoExaminationOfTheMachine() {
    CommandLineRun run = CommandLineRun.in(home, "doctor", "");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("devca: cannot examine '': it is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "root", "env", "list", "renew", "doctor"})
  void run_noCa_makesNoneAndSaysWhatMakesOne(String command) {
    CommandLineRun run = CommandLineRun.in(home, command);

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .isEqualTo("devca: cannot find a CA: there is no CA yet\nTry: devca install\n");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void run_noHome_saysWhatToSet() {
    CommandLineRun run = CommandLineRun.with(Map.of(), "root");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .isEqualTo(
            """
            devca: cannot find the CA folder: HOME is not set to an absolute path
            Try: set HOME, or DEVCA_HOME to the folder
            """);
  }

  @Test
  void run_jarThatCannotBeRead_saysSoWithoutATrace() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    UnaryOperator<Host> broken =
        host -> {
          throw new NoClassDefFoundError("dev/devca/truststore/HostFolders");
        };

    int code = new Devca(Map.of("HOME", "" + home), console, broken).run(List.of("status"));

    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(err)
        .hasToString(
            """
            devca: cannot go on: a part of the program cannot be read: dev/devca/truststore/HostFolders
            Try: run it again, or unpack devca anew
            """);
  }

  @Test
  void root_caThere_printsPathOrPemAndNothingElse() throws Exception {
    CommandLineRun.with(
        Map.of("DEVCA_HOME", home.toString()),
        "issue",
        "app.test",
        "--cert-file",
        home.resolve("c.pem").toString(),
        "--key-file",
        home.resolve("k.pem").toString());
    Path root = home.resolve("rootCA.pem");

    CommandLineRun path = CommandLineRun.with(Map.of("DEVCA_HOME", home.toString()), "root");
    CommandLineRun pem =
        CommandLineRun.with(Map.of("DEVCA_HOME", home.toString()), "root", "--pem");

    assertThat(path).isEqualTo(new CommandLineRun(0, root + "\n", ""));
    assertThat(pem).isEqualTo(new CommandLineRun(0, Files.readString(root), ""));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere Firefox reads the system's roots")
  void status_firefoxNeverStarted_saysSoAndIsNoFailure() throws Exception {
    Path programs = Files.createDirectory(home.resolve("bin"));
    Path firefox = Files.createFile(programs.resolve("firefox"));
    Files.setPosixFilePermissions(firefox, PosixFilePermissions.fromString("rwx------"));
    Map<String, String> environment =
        Map.of("HOME", home.toString(), "PATH", programs.toString(), "DEVCA_HOME", home + "/ca");
    CommandLineRun.with(
        environment, "issue", "a.test", "--cert-file", home + "/c", "--key-file", home + "/k");

    CommandLineRun run = CommandLineRun.with(environment, "status", "--only", "nss:firefox");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .endsWith(
            """
              Firefox  absent: Firefox has no profile yet
                       Try: start Firefox once, then devca install
            """);
  }

  @Test
  void say_controlAndBidiCharacters_areShownAsCodes() {
    CommandLineRun run = CommandLineRun.in(home, "x\u202e\u001b[31m");

    assertThat(run.err())
        .startsWith("devca: cannot run 'x\\u{202E}\\u{1B}[31m': there is no such command");
  }
}
