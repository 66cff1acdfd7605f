package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a systemctl of the test's own, which writes down what it is called with. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "systemd is Linux's")
class RenewTimerTest {
  private static final String JAVA = Path.of(System.getProperty("java.home"), "bin/java") + "";

  @TempDir Path home;
  private Path bin;
  private Path log;
  private Path units;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void makeCa() throws IOException {
    bin = Files.createDirectory(home.resolve("bin"));
    log = home.resolve("log");
    units = home.resolve(".config/systemd/user");
    environment.put("HOME", home.toString());
    environment.put("PATH", bin + ":/usr/bin:/bin");
    systemctl("true");
    assertThat(run("ca", "create").exitCode()).isZero();
  }

  /** One that ends as the last command of this script does. */
  private void systemctl(String end) throws IOException {
    Path program = bin.resolve("systemctl");
    Files.writeString(program, "#!/bin/sh\necho \"$*\" >> '" + log + "'\n" + end + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.with(environment, arguments);
  }

  private String calls() throws IOException {
    String calls = Files.readString(log);
    Files.delete(log);
    return calls;
  }

  @Test
  void schedule_systemd_writesUnitsAndStartsTheTimer() throws Exception {
    CommandLineRun run = run("renew", "--schedule");

    assertThat(run)
        .isEqualTo(
            new CommandLineRun(
                0,
                "",
                "Every day your systemd renews what is running out, by devca-renew.timer.\n"));
    assertThat(calls())
        .isEqualTo(
            """
            --user show-environment
            --user daemon-reload
            --user enable --now devca-renew.timer
            """);
    assertThat(units.resolve("devca-renew.service"))
        .hasContent(
            """
            # Made by devca renew --schedule; devca renew --unschedule takes it away.
            [Unit]
            Description=Renews certificates of devca

            [Service]
            Type=oneshot
            Environment="DEVCA_JAVA=%s"
            ExecStart="devca" "renew" "--quiet"
            """
                .formatted(JAVA));
    assertThat(Files.readString(units.resolve("devca-renew.timer")))
        .contains("OnCalendar=daily\n", "Persistent=true\n", "WantedBy=timers.target\n");
  }

  @Test
  void schedule_optionsAndOddPaths_areQuoted() throws Exception {
    Path folder = home.resolve("a b%c$d\"e\\f");
    environment.put("DEVCA_HOME", folder.toString());
    assertThat(run("ca", "create", "--ca", "work").exitCode()).isZero();

    CommandLineRun run =
        run(
            "renew",
            "--schedule",
            "--ca",
            "work",
            "--keep-key",
            "--within",
            "9d",
            "--passphrase-file",
            folder + "/secret",
            "--json");

    assertThat(run.out()).isEqualTo("{\n  \"timer\" : \"devca-renew-work.timer\"\n}\n");
    String odd = home + "/a b%%c$d\\\"e\\\\f";
    assertThat(Files.readString(units.resolve("devca-renew-work.service")))
        .contains("Environment=\"DEVCA_HOME=" + odd + "\"\n")
        .endsWith(
            "ExecStart=\"devca\" \"renew\" \"--quiet\" \"--ca\" \"work\" \"--keep-key\""
                + " \"--within\" \"9d\" \"--passphrase-file\" \""
                + odd.replace("$", "$$")
                + "/secret\"\n");
  }

  @Test
  void schedule_noSystemdOfTheUser_printsTheCronLine() throws Exception {
    systemctl("echo 'Failed to connect to bus' >&2; exit 1");
    environment.put("DEVCA_HOME", home.resolve(".local/share/devca") + "/50%");
    assertThat(run("ca", "create").exitCode()).isZero();

    CommandLineRun run = run("renew", "--schedule");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("This user has no systemd; add this line with crontab -e:\n");
    assertThat(run.out())
        .isEqualTo(
            "0 9 * * * DEVCA_JAVA=%s DEVCA_HOME=%s devca renew --quiet\n"
                .formatted(JAVA, home.resolve(".local/share/devca") + "/50\\%"));
    assertThat(home.resolve(".config")).doesNotExist();
  }

  @Test
  void schedule_systemdRefuses_leavesNothing() throws Exception {
    systemctl("case \"$2\" in enable) echo 'no such timer' >&2; exit 1;; esac");

    CommandLineRun run = run("renew", "--schedule");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .startsWith("devca: cannot set up the timer: systemctl: no such timer\nTry: add this line");
    assertThat(home.resolve(".config")).doesNotExist();
  }

  @Test
  void schedule_twiceThenUnscheduleTwice_leavesNothing() throws Exception {
    run("renew", "--schedule");
    assertThat(run("renew", "--schedule").exitCode()).isZero();
    Path wants = Files.createDirectory(units.resolve("timers.target.wants"));
    Files.createSymbolicLink(
        wants.resolve("devca-renew.timer"), units.resolve("devca-renew.timer"));
    Files.delete(log);

    CommandLineRun down = run("renew", "--unschedule");

    assertThat(down).isEqualTo(new CommandLineRun(0, "", "Took down devca-renew.timer.\n"));
    assertThat(calls())
        .isEqualTo(
            """
            --user show-environment
            --user disable --now devca-renew.timer
            --user daemon-reload
            """);
    assertThat(home.resolve(".config/systemd")).doesNotExist();
    assertThat(run("renew", "--unschedule").err()).startsWith("There is no timer");
  }

  @Test
  void unschedule_withoutSystemd_stillTakesTheFilesAway() throws Exception {
    run("renew", "--schedule");
    systemctl("exit 1");
    Files.writeString(units.resolve("mine.service"), "[Unit]\n");

    assertThat(run("renew", "--unschedule").exitCode()).isZero();

    try (var left = Files.list(units)) {
      assertThat(left).containsExactly(units.resolve("mine.service"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--schedule", "--unschedule"})
  void schedule_unitOfSomebodyElse_isLeftAlone(String option) throws Exception {
    Files.createDirectories(units);
    Path foreign = Files.writeString(units.resolve("devca-renew.timer"), "[Timer]\n");

    CommandLineRun run = run("renew", option);

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .startsWith("devca: cannot change " + foreign + ": devca did not write it\n");
    assertThat(foreign).hasContent("[Timer]\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--schedule --hook nginx",
        "--schedule --all",
        "--schedule app.test",
        "--schedule --unschedule",
        "--unschedule --within 3d",
      })
  void schedule_withWhatIsOfOneRun_isRefused(String options) throws Exception {
    CommandLineRun run = run(("renew " + options).split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("devca: cannot renew: ");
    assertThat(home.resolve(".config")).doesNotExist();
  }

  @Test
  void schedule_lineBreakInAPath_isRefused() {
    environment.put("DEVCA_HOME", home + "/a\nExecStart=evil");
    assertThat(run("ca", "create").exitCode()).isZero();

    assertThat(run("renew", "--schedule").err()).contains("control character");
  }

  @Test
  void schedule_noCa_setsNothingUp() {
    environment.put("DEVCA_HOME", home.resolve("none").toString());

    CommandLineRun run = run("renew", "--schedule");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("there is no CA yet");
    assertThat(List.of(home.resolve(".config"), log)).noneMatch(Files::exists);
  }

  @Test
  void schedule_caWithPassphrase_saysThatTheTimerNeedsIt() {
    environment.put("DEVCA_NEW_PASSPHRASE", "horse");
    assertThat(run("ca", "passphrase").exitCode()).isZero();

    assertThat(run("renew", "--schedule").err())
        .startsWith("The CA's key has a passphrase, which nobody types for a timer: ");
  }

  @Test
  void uninstall_deleteCa_takesTheTimerDownToo() throws Exception {
    assertThat(run("renew", "--schedule").exitCode()).isZero();

    CommandLineRun run = run("uninstall", "--user-only", "--only", "node", "--delete-ca");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("Deleted the CA in ", "Took down devca-renew.timer.\n");
    assertThat(calls()).contains("--user disable --now devca-renew.timer\n");
    assertThat(units).doesNotExist();
  }
}
