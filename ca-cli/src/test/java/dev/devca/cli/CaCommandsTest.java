package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CertificateAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "it looks into the CA folder where Linux has it")
class CaCommandsTest {
  @TempDir Path home;

  private Path folder() {
    return home.resolve(".local/share/devca");
  }

  private CommandLineRun devca(String... arguments) {
    return CommandLineRun.in(home, arguments);
  }

  @Test
  void create_nameKeyAndDays_areTheRoots() throws Exception {
    CommandLineRun run =
        devca("ca", "create", "--name", "Wörk & Söhne", "--key", "rsa2048", "--days", "30");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Created a CA in " + folder(), "Next: devca install\n");
    CommandLineRun info = devca("ca", "info");
    assertThat(info.out())
        .contains("name         CN=Wörk & Söhne,O=devca development CA\n", "key          rsa2048\n")
        .contains("keyFile      there\n", "installed    no\n", "other CAs    none\n");
    var root = CertificateAuthority.open(folder()).rootCertificate();
    assertThat(root.getNotAfter().toInstant())
        .isEqualTo(root.getNotBefore().toInstant().plusSeconds(30L * 24 * 3600));
  }

  @Test
  void create_besideTheFirst_isAnotherCaThatIssues() throws Exception {
    devca("ca", "create").err();
    devca("ca", "create", "--ca", "work");
    String chain = home.resolve("c.pem").toString();
    String key = home.resolve("k.pem").toString();

    CommandLineRun issued =
        devca("issue", "app.test", "--ca", "work", "--cert-file", chain, "--key-file", key);

    assertThat(issued.exitCode()).isZero();
    assertThat(issued.err()).contains("trusts it yet: devca install --ca work\n");
    Path work = folder().resolve("ca/work");
    CertificateAuthority ca = CertificateAuthority.open(work);
    assertThat(ca.ownFiles().isPair(Path.of(chain), Path.of(key))).isTrue();
    assertThat(ca.fingerprint()).isNotEqualTo(CertificateAuthority.open(folder()).fingerprint());
    assertThat(devca("root", "--ca", "work").out()).isEqualTo(work.resolve("rootCA.pem") + "\n");
    assertThat(devca("ca", "info", "--ca", "work").out()).contains("other CAs    (first)\n");
    Map<String, Object> info =
        Json.readObject(devca("ca", "info", "--json").out().getBytes(StandardCharsets.UTF_8));
    assertThat(info.get("others")).asString().isEqualTo("[work]");
  }

  @Test
  void create_caThere_refusesAndKeepsIt() throws Exception {
    devca("ca", "create");
    String root = Files.readString(folder().resolve("rootCA.pem"));

    CommandLineRun run = devca("ca", "create", "--name", "Other");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .isEqualTo(
            """
            devca: cannot make a CA in %s: there is one already
            Try: give the new one a name of its own: --ca NAME
            """
                .formatted(folder()));
    assertThat(folder().resolve("rootCA.pem")).hasContent(root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          install --permit *.test | cannot permit "*.test": a name stands for all names below it: write test
          ca create --permit a..b | cannot permit "a..b": it has an empty label
          ca create --days 0     | cannot create a CA: --days takes a number of days from 1 to 99999, not '0'
          ca create --days 100000 | cannot create a CA: --days takes a number of days
          ca create --key rsa512 | cannot create a CA: there is no key type 'rsa512'; known are p256, p384, ed25519, rsa2048
          ca create --name \u202e  | cannot create a CA: a CA's name has printable characters only
          ca create --ca Work    | cannot choose a CA: the name of a CA has 1 to 32 lower case letters, digits, - and _, not "Work"
          root --ca ../x         | cannot choose a CA: the name of a CA has 1 to 32 lower case letters
          ca frobnicate          | cannot run 'ca frobnicate': there is no such command
          """)
  void run_wrongUsage_makesNothing(String line, String message) {
    CommandLineRun run = devca(line.split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("devca: " + message);
    assertThat(home).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "issue app.test --ca typo",
    "uninstall --ca typo",
    "status --ca typo",
    "root --ca typo",
    "env --ca typo",
    "ca info --ca typo"
  })
  void run_noCaOfThatName_refusesAndMakesNone(String line) {
    CommandLineRun run = devca(line.split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .isEqualTo(
            """
            devca: cannot find the CA 'typo': there is none of that name
            Try: devca ca create --ca typo
            """);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void create_permit_issuesWithinAndRefusesTheRest() throws Exception {
    CommandLineRun run = devca("ca", "create", "--permit", "test,10.0.0.0/8", "--permit", "::1");

    assertThat(run.exitCode()).isZero();
    assertThat(devca("ca", "info").out()).contains("permitted    test, 10.0.0.0/8, ::1\n");
    String chain = home.resolve("c.pem").toString();
    String key = home.resolve("k.pem").toString();
    CommandLineRun inside =
        devca("issue", "app.test", "10.1.2.3", "--cert-file", chain, "--key-file", key);
    assertThat(inside.exitCode()).isZero();
    assertThat(Files.readString(Path.of(chain)).split("BEGIN CERTIFICATE", -1)).hasSize(3);
    CommandLineRun outside = devca("issue", "evil.com");
    assertThat(outside.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outside.err())
        .isEqualTo(
            """
            devca: cannot issue a certificate for evil.com: this CA may sign only test, 10.0.0.0/8, ::1
            Try: devca ca create --ca NAME, and issue with that one
            """);
    // Its own files are never written over.
    for (String name : new String[] {"rootCA.pem", "intermediate.pem", "intermediate-key.pem"}) {
      String own = folder().resolve(name).toString();
      assertThat(devca("issue", "app.test", "--force", "--cert-file", own, "--key-file", key).err())
          .contains("it belongs to the CA itself");
    }
  }

  @Test
  void install_permitWithCaOfOtherLimits_refusesAndChangesNothing() throws Exception {
    devca("ca", "create");

    CommandLineRun run = devca("install", "--permit", "test", "--only", "node");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .isEqualTo(
            """
            devca: cannot limit the CA in %s: it is there already, and may sign any name
            Try: devca install --ca NAME --permit ... for a second one
            """
                .formatted(folder()));
    assertThat(home.resolve(".profile")).doesNotExist();
  }

  @Test
  void import_rootAndKeyOfAnother_issuesAsThatCa() throws Exception {
    devca("ca", "create", "--name", "Team");
    String root = folder().resolve("rootCA.pem").toString();
    String key = folder().resolve("rootCA-key.pem").toString();

    CommandLineRun run = devca("ca", "import", "--ca", "team", "--cert", root, "--key", key);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("Imported " + root).endsWith("Next: devca install --ca team\n");
    assertThat(folder().resolve("ca/team/rootCA-key.pem"))
        .hasContent(Files.readString(Path.of(key)));
    CommandLineRun rootOnly = devca("ca", "import", "--ca", "root-only", "--cert", root);
    assertThat(rootOnly.err()).contains("it can be installed, but issues no certificates.");
    assertThat(devca("issue", "app.test", "--ca", "root-only").err())
        .contains("the CA key rootCA-key.pem is missing in ");
  }

  @Test
  void import_mkcertElsewhereOrMissing_isFoundByItsRules() throws Exception {
    CommandLineRun missing = devca("ca", "import", "--mkcert");
    assertThat(missing.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(missing.err())
        .isEqualTo(
            """
            devca: cannot import the CA of mkcert: there is none in %s
            Try: set CAROOT to what mkcert -CAROOT prints
            """
                .formatted(home.resolve(".local/share/mkcert")));
    devca("ca", "create", "--ca", "other");
    Path caroot = folder().resolve("ca/other");

    CommandLineRun found =
        CommandLineRun.with(
            Map.of("HOME", home.toString(), "CAROOT", caroot.toString()),
            "ca",
            "import",
            "--mkcert");

    assertThat(found.exitCode()).isZero();
    assertThat(CertificateAuthority.open(folder()).canIssue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ca import",
    "ca import --key k.pem",
    "ca import --mkcert --cert c.pem",
    "ca import --mkcert --key k.pem"
  })
  void import_notOneSource_isWrongUsage(String line) {
    CommandLineRun run = devca(line.split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .startsWith("devca: cannot import a CA: give either --cert FILE or --mkcert\n");
  }

  @ParameterizedTest
  @CsvSource({"ca", "ca --help", "help ca", "ca help"})
  void help_ofTheGroup_isAsItsGoldenFile(String line) throws Exception {
    CommandLineRun run = devca(line.split(" "));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(Files.readString(Path.of("src/test/resources/dev/devca/cli/help-ca.txt")));
  }

  @Test
  void delete_firstThenTheOther_leavesNothing() throws Exception {
    devca("ca", "create");
    devca("ca", "create", "--ca", "work");

    CertificateAuthority.open(folder()).delete();
    assertThat(CertificateAuthority.open(folder().resolve("ca/work")).canIssue()).isTrue();
    CertificateAuthority.open(folder().resolve("ca/work")).delete();

    assertThat(home).isEmptyDirectory();
  }

  @Test
  void uninstall_damagedCa_saysThatItIsDamaged() throws Exception {
    assertThat(devca("ca", "create").exitCode()).isZero();
    Path certificate = Files.writeString(folder().resolve("rootCA.pem"), "torn");

    CommandLineRun run = devca("uninstall", "--user-only", "--only", "node", "--delete-ca");

    assertThat(run.err())
        .contains("The CA is damaged; it was neither used nor deleted.")
        .endsWith("Try: rm -f " + certificate + " " + folder().resolve("rootCA-key.pem") + "\n")
        .doesNotContain("There is no CA");
    assertThat(run.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(certificate).hasContent("torn");
  }

  @Test
  void exec_programThatIsMissing_isSaidByDevcaWith127() {
    CommandLineRun run = devca("exec", "no-such-program", "x");

    assertThat(run.exitCode()).isEqualTo(127);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
            devca: cannot run no-such-program: there is no such program
            Try: name a program of your PATH, or its path
            """);
  }

  @Test
  void exec_fileThatIsNotExecutable_isSaidByDevcaWith126() throws IOException {
    Path script = Files.writeString(home.resolve("script"), "#!/bin/sh");

    CommandLineRun run = devca("exec", script.toString());

    assertThat(run.exitCode()).isEqualTo(126);
    assertThat(run.err())
        .isEqualTo(
            """
            devca: cannot run FILE: it is not executable
            Try: chmod +x FILE
            """
                .replace("FILE", script.toString()));
  }
}
