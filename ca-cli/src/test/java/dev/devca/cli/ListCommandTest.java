package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "it looks into the CA folder where Linux has it")
class ListCommandTest {
  @TempDir Path home;

  private CommandLineRun run(String... arguments) {
    Map<String, String> environment = Map.of("HOME", home.toString(), "PW", "geheim");
    return CommandLineRun.with(environment, arguments);
  }

  private void issue(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("issue", name, "--cert-file", file(name), "--key-file", file(name + "-key")));
    arguments.addAll(List.of(more));
    assertThat(run(arguments.toArray(String[]::new)).exitCode()).isZero();
  }

  private String file(String name) {
    return home.resolve(name + ".pem").toString();
  }

  private Path records() {
    return home.resolve(".local/share/devca/issued");
  }

  private Path onlyRecord() throws IOException {
    try (Stream<Path> files = Files.list(records())) {
      return files.findFirst().orElseThrow();
    }
  }

  /** What the JSON says of each name. */
  private Map<String, String> states() throws IOException {
    Map<String, String> states = new TreeMap<>();
    for (Object certificate : json("certificates")) {
      if (certificate instanceof Map<?, ?> map && map.get("names") instanceof List<?> names) {
        states.put(String.valueOf(names.get(0)), String.valueOf(map.get("state")));
      }
    }
    return states;
  }

  private List<?> json(String field) throws IOException {
    CommandLineRun run = run("list", "--json");
    assertThat(run.exitCode()).isZero();
    return (List<?>) Json.readObject(run.out().getBytes(StandardCharsets.UTF_8)).get(field);
  }

  @Test
  void list_noCa_saysWhatMakesOne() {
    CommandLineRun run = run("list");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .isEqualTo("devca: cannot find a CA: there is no CA yet\nTry: devca install\n");
  }

  @Test
  void list_nothingIssued_saysSo() {
    assertThat(run("ca", "create").exitCode()).isZero();

    assertThat(run("list"))
        .isEqualTo(
            new CommandLineRun(
                0, "", "No certificate is recorded: devca issue writes the list.\n"));
  }

  @Test
  void list_severalStates_areShownTheFirstToEndFirst() throws Exception {
    issue("valid.test", "--days", "90");
    issue("soon.test", "--days", "91");
    issue("old.test", "--from", "2020-01-01", "--until", "2020-02-01");
    issue("short.test", "--valid", "1h");
    String end =
        Pem.certificates(Files.readString(home.resolve("soon.test.pem")))
            .get(0)
            .getNotAfter()
            .toInstant()
            .toString()
            .substring(0, 10);

    CommandLineRun run = run("list");

    assertThat(run.err()).isEmpty();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(4);
    // The longest are short.test and valid.test.
    assertThat(lines.get(0))
        .isEqualTo("2020-02-01  expired      " + file("old.test") + "    old.test");
    assertThat(lines.get(3))
        .isEqualTo(end + "  valid        " + file("soon.test") + "   soon.test");
    assertThat(states())
        .containsExactly(
            Map.entry("old.test", "expired"),
            Map.entry("short.test", "valid"),
            Map.entry("soon.test", "valid"),
            Map.entry("valid.test", "valid"));
  }

  @Test
  void list_runningOut_isByTheLengthOfItsLife() throws Exception {
    issue("app.test", "--from", "2020-01-01", "--until", "2020-02-01");
    Path file = onlyRecord();
    String text = Files.readString(file);
    Instant soon = Instant.now().plusSeconds(86_400 * 20);
    Files.writeString(file, text.replace("until=2020-02-01T23:59:59Z", "until=" + Utc.text(soon)));

    assertThat(states()).containsExactly(Map.entry("app.test", "running-out"));
    assertThat(run("list").out()).contains("  running out  ");
  }

  @Test
  void list_filesOfOthers_areToldFromOurs() throws Exception {
    for (String name : List.of("gone", "half", "replaced", "key", "again", "folder")) {
      issue(name + ".test");
    }
    Files.delete(home.resolve("gone.test.pem"));
    Files.delete(home.resolve("half.test-key.pem"));
    CertificateAuthority.inMemory(CaOptions.defaults())
        .issue(LeafRequest.forNames("replaced.test"))
        .writePem(Path.of(file("replaced.test")), Path.of(file("replaced.test-key")));
    Files.copy(
        home.resolve("again.test-key.pem"),
        home.resolve("key.test-key.pem"),
        StandardCopyOption.REPLACE_EXISTING);
    // As if it had been killed before it could write the record.
    CertificateAuthority.open(home.resolve(".local/share/devca"))
        .issue(LeafRequest.forNames("again.test"))
        .writePem(Path.of(file("again.test")), Path.of(file("again.test-key")));
    Files.delete(home.resolve("folder.test.pem"));
    Files.createDirectory(home.resolve("folder.test.pem"));

    assertThat(states())
        .containsExactly(
            Map.entry("again.test", "valid"),
            Map.entry("folder.test", "unreadable"),
            Map.entry("gone.test", "gone"),
            Map.entry("half.test", "incomplete"),
            Map.entry("key.test", "changed"),
            Map.entry("replaced.test", "replaced"));
  }

  @Test
  void list_json_tellsFilesAndWhatCannotBeRenewed() throws Exception {
    issue("a.test", "--p12-file", file("a.p12"), "--password-env", "PW");
    issue("b.test", "--from", "2020-01-01", "--until", "2020-02-01");

    List<?> certificates = json("certificates");

    assertThat(certificates).hasSize(2);
    assertThat((Map<?, ?>) certificates.get(0))
        .isEqualTo(
            Map.of(
                "names",
                List.of("b.test"),
                "notAfter",
                "2020-02-01T23:59:59Z",
                "state",
                "expired",
                "files",
                List.of(file("b.test"), file("b.test-key")),
                "renewable",
                false,
                "reason",
                "its dates were given"));
    assertThat(((Map<?, ?>) certificates.get(1)).get("files"))
        .isEqualTo(List.of(file("a.test"), file("a.test-key"), file("a.p12")));
    assertThat(((Map<?, ?>) certificates.get(1)).get("renewable")).isEqualTo(true);
  }

  @Test
  void list_damagedRecord_isSaidAndTheRestShown() throws Exception {
    issue("a.test");
    Path damaged = Files.writeString(records().resolve("0.txt"), "\0\0\0\0");

    CommandLineRun run = run("list", "--quiet");

    String sentence =
        "The record "
            + damaged
            + " cannot be read: it is no record of this version of devca;"
            + " delete it.";
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("a.test").hasLineCount(1);
    assertThat(run.err()).isEqualTo(sentence + "\n");
    assertThat(json("damaged")).isEqualTo(List.of(sentence));
  }

  @Test
  void list_recordsLost_losesTheListAlone() throws Exception {
    issue("a.test");
    Files.delete(onlyRecord());

    assertThat(run("list").out()).isEmpty();
    issue("a.test");
    assertThat(states()).containsExactly(Map.entry("a.test", "valid"));
  }

  @Test
  void issue_recordCannotBeWritten_issuesAndSaysSo() throws Exception {
    assertThat(run("ca", "create").exitCode()).isZero();
    Files.writeString(records(), "not a folder");

    CommandLineRun run = run("issue", "a.test", "--cert-file", file("a"), "--key-file", file("k"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("devca list and renew will not know it: ");
    assertThat(home.resolve("a.pem")).exists();
  }

  @Test
  void issue_record_holdsNoSecret() throws Exception {
    Path secret = Files.writeString(home.resolve("secret"), "geheim-17\n");
    issue("a.test", "--p12-file", file("a.p12"), "--password-file", secret.toString());

    String record = Files.readString(onlyRecord());

    assertThat(record).contains("argument=--password-file=" + secret).doesNotContain("geheim");
    assertThat(run("uninstall", "--delete-ca", "--only", "nss").exitCode()).isZero();
    assertThat(home.resolve(".local")).doesNotExist();
  }

  @Test
  void issue_toStandardOutput_isNotRecorded() {
    CommandLineRun run =
        run("issue", "--client", "--cn", "alice", "--cert-file", "-", "--key-file", "-");

    assertThat(run.exitCode()).isZero();
    assertThat(records()).doesNotExist();
  }
}
