package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.LeafRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "it looks into the CA folder where Linux has it")
class RenewRefusalTest {
  @TempDir Path home;
  private RenewScene scene;

  @BeforeEach
  void open() {
    scene = RenewScene.in(home);
  }

  @Test
  void renew_whatCannotBe_isListedWithTheReasonAndTheRestRenewed() throws Exception {
    scene.issue("dates.test", "--from", "2020-01-01", "--until", "2020-02-01");
    scene.issue("password.test", "--p12-file", scene.file("p.p12"), "--password-env", "PW");
    scene.issue("mixed.test", "--days", "100");
    scene.issue("mixed2.test", "--days", "100");
    Files.copy(
        home.resolve("mixed2.test.key"),
        home.resolve("mixed.test.key"),
        StandardCopyOption.REPLACE_EXISTING);
    scene.environment().remove("PW");

    CommandLineRun run = scene.run("renew", "--all", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(run.err().lines().filter(line -> !line.startsWith("Renewed")))
        .containsExactly(
            "Not renewed: " + scene.file("dates.test.pem") + ": its dates were given",
            "  Try: devca issue dates.test",
            "Not renewed: " + scene.file("mixed.test.pem") + ": it is changed",
            "  Try: devca issue --force --days=100 --cert-file="
                + scene.file("mixed.test.pem")
                + " --key-file="
                + scene.file("mixed.test.key")
                + " mixed.test",
            "Not renewed: "
                + scene.file("password.test.pem")
                + ": cannot write the key store: the variable PW has no value",
            "  Try: export it, or use --password-file: sudo passes no variables on");
    assertThat(new ArrayList<Object>((List<?>) RenewScene.json(run).get("certificates")))
        .hasSize(4)
        .contains(
            Map.of(
                "file", scene.file("dates.test.pem"),
                "names", List.of("dates.test"),
                "result", "failed",
                "reason", "its dates were given",
                "remedy", "devca issue dates.test"));
    assertThat(scene.run("renew", "--all", "--quiet").err()).contains("Not renewed: ");
  }

  @Test
  void renew_datesWereGiven_isNoFailureOfEveryDay() throws Exception {
    scene.issue("dates.test", "--from", "2020-01-01", "--until", "2020-02-01");

    assertThat(scene.run("renew"))
        .isEqualTo(new CommandLineRun(0, "", "Nothing is to be renewed.\n"));
    assertThat(scene.run("renew", "dates.test").exitCode()).isEqualTo(ExitCode.IN_PART);
  }

  @Test
  void renew_filesOfSomebodyElse_areLeftAlone() throws Exception {
    scene.issue("gone.test");
    scene.issue("other.test");
    Files.delete(home.resolve("gone.test.pem"));
    CertificateAuthority.inMemory(CaOptions.defaults())
        .issue(LeafRequest.forNames("other.test"))
        .writePem(home.resolve("other.test.pem"), home.resolve("other.test.key"));
    String other = Files.readString(home.resolve("other.test.pem"));

    CommandLineRun all = scene.run("renew", "--all");
    CommandLineRun named = scene.run("renew", "other.test", "gone.test");

    assertThat(all.exitCode()).isZero();
    assertThat(all.err())
        .isEqualTo(
            "Left alone: %s: it is gone\nLeft alone: %s: it is replaced\n"
                .formatted(scene.file("gone.test.pem"), scene.file("other.test.pem")));
    assertThat(named.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(named.err())
        .contains("Not renewed: " + scene.file("gone.test.pem") + ": it is gone")
        .contains("Not renewed: " + scene.file("other.test.pem") + ": it is replaced");
    assertThat(home.resolve("other.test.pem")).hasContent(other);
    assertThat(home.resolve("gone.test.pem")).doesNotExist();
  }

  @Test
  void renew_goneAndPast_isForgotten() throws Exception {
    scene.issue("old.test", "--from", "2020-01-01", "--until", "2020-02-01");
    Files.delete(home.resolve("old.test.pem"));

    assertThat(scene.run("renew").exitCode()).isZero();

    assertThat(scene.run("list").out()).isEmpty();
  }

  @Test
  void renew_folderIsReadOnly_saysWhyAndKeepsThePair() throws Exception {
    scene.issue("app.test");
    String key = Files.readString(home.resolve("app.test.key"));
    Path link = home.resolve("app.test.pem");
    Path moved = Files.move(link, home.resolve("moved.pem"));
    Files.createSymbolicLink(link, moved);

    CommandLineRun run = scene.run("renew", "--all");

    assertThat(run.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(run.err()).contains("it is a link, or no regular file");
    assertThat(home.resolve("app.test.key")).hasContent(key);
  }

  @Test
  void renew_lockedCa_needsThePassphraseOnlyIfSomethingIsDue() throws Exception {
    scene.issue("app.test", "--days", "90");
    scene.environment().put("DEVCA_NEW_PASSPHRASE", "horse");
    assertThat(scene.run("ca", "passphrase").exitCode()).isZero();

    assertThat(scene.run("renew").exitCode()).isZero();
    CommandLineRun locked = scene.run("renew", "--all");
    assertThat(locked.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(locked.err()).contains("cannot open the CA key");
    scene.environment().put("DEVCA_PASSPHRASE", "horse");
    assertThat(scene.run("renew", "--all").exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "--all --within 3d, --all takes no names and no --within",
    "--all app.test, --all takes no names and no --within",
    "--within soon, '--within is a number with s, m, h or d, such as 15m'",
    "--hook-arg x, --hook-arg is for --hook",
    "--hook=, --hook is empty",
  })
  void renew_wrongUsage_saysWhat(String options, String why) {
    String[] words = ("renew " + options).split(" ");

    CommandLineRun run = scene.run(words);

    assertThat(run)
        .isEqualTo(
            new CommandLineRun(
                ExitCode.USAGE, "", "devca: cannot renew: " + why + "\nTry: devca renew --help\n"));
  }

  @Test
  void renew_unknownName_renewsNothing() throws Exception {
    scene.issue("app.test");
    X509Certificate before = scene.leaf("app.test");

    CommandLineRun run = scene.run("renew", "app.test", "other.test");

    assertThat(run)
        .isEqualTo(
            new CommandLineRun(
                ExitCode.FAILED,
                "",
                """
                devca: cannot renew 'other.test': no certificate of that name or file is recorded
                Try: devca list
                """));
    assertThat(scene.leaf("app.test")).isEqualTo(before);
  }
}
