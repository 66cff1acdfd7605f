package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of {@code devca issue} put into a certificate. */
class LeafOptionsTest {
  @TempDir Path home;

  private CommandLineRun issue(String... words) {
    List<String> arguments = new ArrayList<>(List.of("issue"));
    arguments.addAll(List.of(words));
    arguments.addAll(List.of("--cert-file", home + "/c.pem", "--key-file", home + "/k.pem"));
    return CommandLineRun.in(home, arguments.toArray(String[]::new));
  }

  private X509Certificate leaf() throws Exception {
    return Pem.certificates(Files.readString(home.resolve("c.pem"))).get(0);
  }

  @Test
  void issue_clientByCommonNameAlone_isNamedInTheReport() throws Exception {
    CommandLineRun run = issue("--client", "--cn", "Zoë Müller");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("Issued a certificate for Zoë Müller\n");
    assertThat(run.err()).doesNotContain("nginx");
    assertThat(leaf().getSubjectX500Principal().getName()).isEqualTo("CN=Zoë Müller");
    assertThat(leaf().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
  }

  @Test
  void issue_commonNameBesideNames_replacesTheFirstInTheSubject() throws Exception {
    issue("app.test", "--client", "--server", "--cn", "web");

    assertThat(leaf().getSubjectX500Principal().getName()).isEqualTo("CN=web");
    assertThat(leaf().getExtendedKeyUsage()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "p256, EC, SHA256withECDSA",
    "p384, EC, SHA256withECDSA",
    "ed25519, EdDSA, SHA256withECDSA",
    "rsa2048, RSA, SHA256withECDSA"
  })
  void issue_key_isOfThatKind(String key, String algorithm, String signature) throws Exception {
    assertThat(issue("app.test", "--key", key).exitCode()).isZero();

    assertThat(leaf().getPublicKey().getAlgorithm()).isEqualTo(algorithm);
    assertThat(leaf().getSigAlgName()).isEqualTo(signature);
  }

  @ParameterizedTest
  @CsvSource({
    "--days 30, PT720H",
    "--valid 14d, PT336H",
    "--valid 12h, PT12H",
    "--valid 15m, PT15M",
    "--valid 90s, PT90S",
  })
  void issue_length_countsTheBackDating(String option, Duration length) throws Exception {
    issue(("app.test " + option).split(" "));

    Instant begin = leaf().getNotBefore().toInstant();
    assertThat(Duration.between(begin, leaf().getNotAfter().toInstant())).isEqualTo(length);
    assertThat(begin).isBefore(Instant.now());
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-31, 2020-02-29, 2020-01-31T00:00:00Z, 2020-02-29T23:59:59Z",
    "2020-01-31T10:00:00Z, 2020-01-31T12:00:00+01:00, 2020-01-31T10:00:00Z, 2020-01-31T11:00:00Z",
  })
  void issue_fromUntil_areBothAsGiven(String from, String until, Instant first, Instant last)
      throws Exception {
    CommandLineRun run = issue("app.test", "--from", from, "--until", until);

    assertThat(run.err()).contains("\nIt has expired already\n");
    assertThat(leaf().getNotBefore().toInstant()).isEqualTo(first);
    assertThat(leaf().getNotAfter().toInstant()).isEqualTo(last);
  }

  @Test
  void issue_moreThanAppleAllows_isDoneWithAWarning() throws Exception {
    CommandLineRun run = issue("app.test", "--days", "826");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("\nIt is valid for more than 825 days: macOS and iOS refuse it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --cn alice                  | cannot issue a certificate: no names were given
          --client --server --cn alice| cannot issue a certificate: no names were given
          --client                    | cannot issue a certificate: no names were given
          a.test --cn ''              | a common name has 1 to 64 characters
          a.test --key dsa            | cannot make a key of the kind 'dsa': known are p256, p384, ed25519, rsa2048, rsa3072, rsa4096
          a.test --days 0             | --days is a number of days, at least 1
          a.test --days -1            | --days is a number of days, at least 1
          a.test --days 1.5           | --days is a number of days, at least 1
          a.test --days 99999999999   | --days is a number of days, at least 1
          a.test --days 36501         | a validity is at least a second and at most 36500 days, not 36501 days
          a.test --days ٣             | --days is a number of days, at least 1
          a.test --valid ''           | --valid is a number with s, m, h or d, such as 15m
          a.test --valid 15           | --valid is a number with s, m, h or d, such as 15m
          a.test --valid m            | --valid is a number with s, m, h or d, such as 15m
          a.test --valid 0h           | --valid is a number with s, m, h or d, such as 15m
          a.test --valid 2y           | --valid is a number with s, m, h or d, such as 15m
          a.test --days 1 --valid 1d  | --days, --valid and --from with --until exclude each other
          a.test --from 2020-01-01    | --from and --until go together
          a.test --until 2020-01-01   | --from and --until go together
          a.test --from x --until y   | --from is a date such as 2027-01-31 or 2027-01-31T18:00:00Z
          a.test --from 2020-02-30 --until 2021-01-01 | --from is a date such as 2027-01-31
          a.test --from 2020-01-01 --until 2020-01-01T10:00 | --until is a date such as 2027-01-31
          a.test --from 2020-01-02 --until 2020-01-01 | the end 2020-01-01T23:59:59Z is before the beginning
          a.test --from 1949-01-01 --until 2020-01-01 | a certificate is valid between the years 1950 and 9999
          """)
  void issue_optionsThatMakeNoSense_areRefusedAndNothingIsMade(String words, String why) {
    CommandLineRun run = issue(words.replace("''", "").split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err()).startsWith("devca: ").contains(why).contains("\nTry: devca issue ");
    assertThat(home).isEmptyDirectory();
  }
}
