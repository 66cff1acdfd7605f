package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "it looks into the CA folder where Linux has it")
class RenewCommandTest {
  private static final Path CSR = Path.of("src/test/resources/dev/devca/cli/app.csr");

  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>(Map.of("PW", "geheim"));

  private CommandLineRun run(String... arguments) {
    environment.put("HOME", home.toString());
    return CommandLineRun.with(environment, arguments);
  }

  private void issue(String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of("issue", name));
    arguments.addAll(List.of("--cert-file", file(name + ".pem")));
    arguments.addAll(List.of("--key-file", file(name + ".key")));
    arguments.addAll(List.of(more));
    CommandLineRun run = run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private String file(String name) {
    return home.resolve(name).toString();
  }

  private X509Certificate leaf(String name) throws IOException {
    return Pem.certificates(Files.readString(home.resolve(name + ".pem"))).get(0);
  }

  private static Duration length(X509Certificate leaf) {
    return Duration.between(leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant());
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(name)));
  }

  private Map<String, Object> json(CommandLineRun run) throws IOException {
    return Json.readObject(run.out().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void renew_nothingRunsOut_touchesNothing() throws Exception {
    issue("app.test", "--days", "90");
    X509Certificate before = leaf("app.test");

    CommandLineRun run = run("renew");

    assertThat(run).isEqualTo(new CommandLineRun(0, "", "Nothing is to be renewed.\n"));
    assertThat(leaf("app.test")).isEqualTo(before);
  }

  @Test
  void renew_within_renewsThoseThatEndFirst() throws Exception {
    issue("long.test", "--days", "90");
    issue("short.test", "--days", "40");
    X509Certificate longer = leaf("long.test");
    X509Certificate shorter = leaf("short.test");

    CommandLineRun run = run("renew", "--within", "50d");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .startsWith("Renewed " + file("short.test.pem") + " for short.test, valid");
    assertThat(leaf("long.test")).isEqualTo(longer);
    assertThat(leaf("short.test").getSerialNumber()).isNotEqualTo(shorter.getSerialNumber());
    assertThat(run("renew", "long.test", "--within", "50d").err()).contains("Nothing is to be");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--client --server --uri https://b.test/x ::1",
        "--cn Zoë --key rsa2048",
        "--valid 14d --key p384 *.b.test",
        "--key ed25519 --der",
      })
  void renew_named_saysTheSame(String options) throws Exception {
    issue("app.test", options.isEmpty() ? new String[0] : options.split(" "));
    X509Certificate before = certificate("app.test.pem");
    String record = records();

    CommandLineRun run = run("renew", "APP.test");

    assertThat(run.exitCode()).as(run.err()).isZero();
    X509Certificate after = certificate("app.test.pem");
    assertThat(after.getSerialNumber()).isNotEqualTo(before.getSerialNumber());
    assertThat(after.getPublicKey()).isNotEqualTo(before.getPublicKey());
    assertThat(after.getPublicKey().getAlgorithm()).isEqualTo(before.getPublicKey().getAlgorithm());
    assertThat(after.getSubjectX500Principal()).isEqualTo(before.getSubjectX500Principal());
    assertThat(after.getSubjectAlternativeNames())
        .hasToString(before.getSubjectAlternativeNames().toString());
    assertThat(after.getExtendedKeyUsage()).isEqualTo(before.getExtendedKeyUsage());
    assertThat(after.getKeyUsage()).isEqualTo(before.getKeyUsage());
    assertThat(length(after)).isEqualTo(length(before));
    assertThat(mode("app.test.key")).isEqualTo("rw-------");
    assertThat(records().replaceAll("(from|until|file)=.*", ""))
        .isEqualTo(record.replaceAll("(from|until|file)=.*", ""));
    assertThat(run("renew", file("app.test.key")).exitCode()).isZero();
  }

  private X509Certificate certificate(String file) throws Exception {
    byte[] bytes = Files.readAllBytes(home.resolve(file));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes));
  }

  private String records() throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.newDirectoryStream(home.resolve(".local/share/devca/issued"), "*.txt")) {
      for (Path file : files) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"p256", "p384", "ed25519", "rsa2048"})
  void renew_keepKey_leavesTheKeyInEveryFile(String kind) throws Exception {
    String store = file("app.p12");
    issue("app.test", "--key", kind, "--p12-file", store, "--password-env", "PW");
    X509Certificate before = leaf("app.test");
    String key = Files.readString(home.resolve("app.test.key"));

    CommandLineRun run = run("renew", "--all", "--keep-key");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(leaf("app.test").getSerialNumber()).isNotEqualTo(before.getSerialNumber());
    assertThat(leaf("app.test").getPublicKey()).isEqualTo(before.getPublicKey());
    assertThat(home.resolve("app.test.key")).hasContent(key);
    assertThat(inStore(store)).isEqualTo(leaf("app.test"));
  }

  private static X509Certificate inStore(String file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(Files.readAllBytes(Path.of(file))), "geheim".toCharArray());
    return (X509Certificate) store.getCertificate("devca");
  }

  @Test
  void renew_keyStoreAlone_keepsItsKeyByThePassword() throws Exception {
    Path secret = Files.writeString(home.resolve("secret"), "geheim\n");
    String store = file("app.p12");
    assertThat(
            run("issue", "app.test", "--p12-file", store, "--password-file", secret.toString())
                .exitCode())
        .isZero();
    X509Certificate before = inStore(store);

    assertThat(run("renew", "--all", "--keep-key").exitCode()).isZero();

    assertThat(inStore(store).getPublicKey()).isEqualTo(before.getPublicKey());
    assertThat(inStore(store)).isNotEqualTo(before);
    Files.writeString(secret, "another\n");
    CommandLineRun wrong = run("renew", "--all");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(wrong.err()).contains("is not a key store of this CA with this password");
    Files.delete(secret);
    assertThat(run("renew", "--all").err()).contains("cannot read the password file " + secret);
  }

  @Test
  void renew_modesOfSomebody_areKept() throws Exception {
    issue("app.test", "--key-mode", "0640");
    Files.setPosixFilePermissions(
        home.resolve("app.test.key"), PosixFilePermissions.fromString("rw-rw----"));
    Files.setPosixFilePermissions(
        home.resolve("app.test.pem"), PosixFilePermissions.fromString("r--------"));

    assertThat(run("renew", "--all").exitCode()).isZero();

    assertThat(mode("app.test.key")).isEqualTo("rw-rw----");
    assertThat(mode("app.test.pem")).isEqualTo("r--------");
  }

  @Test
  void renew_bothInOneFile_keepsOneFile() throws Exception {
    String file = file("both.pem");
    assertThat(run("issue", "app.test", "--cert-file", file, "--key-file", file).exitCode())
        .isZero();
    String before = Files.readString(Path.of(file));

    assertThat(run("renew", "--all").exitCode()).isZero();

    assertThat(Files.readString(Path.of(file)))
        .isNotEqualTo(before)
        .contains("BEGIN CERTIFICATE", "BEGIN PRIVATE KEY");
  }

  @Test
  void renew_certificateOfARequest_isSignedAgainForItsKey() throws Exception {
    Path csr = Files.copy(CSR, home.resolve("app.csr"));
    CommandLineRun issued =
        run("issue", "--csr", csr.toString(), "--days", "9", "--cert-file", file("a.pem"));
    assertThat(issued.exitCode()).as(issued.err()).isZero();
    X509Certificate before = leaf("a");
    Files.delete(csr);

    CommandLineRun run = run("renew", "--all");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(leaf("a").getSerialNumber()).isNotEqualTo(before.getSerialNumber());
    assertThat(leaf("a").getPublicKey()).isEqualTo(before.getPublicKey());
    assertThat(leaf("a").getSubjectX500Principal()).isEqualTo(before.getSubjectX500Principal());
    assertThat(leaf("a").getSubjectAlternativeNames())
        .hasToString(before.getSubjectAlternativeNames().toString());
    assertThat(leaf("a").getExtendedKeyUsage()).isEqualTo(before.getExtendedKeyUsage());
    assertThat(length(leaf("a"))).isEqualTo(length(before));
  }

  @Test
  void renew_whatCannotBe_isListedWithTheReasonAndTheRestRenewed() throws Exception {
    issue("dates.test", "--from", "2020-01-01", "--until", "2020-02-01");
    issue("password.test", "--p12-file", file("p.p12"), "--password-env", "PW");
    issue("mixed.test");
    issue("mixed2.test");
    Files.copy(
        home.resolve("mixed2.test.key"),
        home.resolve("mixed.test.key"),
        StandardCopyOption.REPLACE_EXISTING);
    environment.remove("PW");

    CommandLineRun run = run("renew", "--all", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(run.err().lines().filter(line -> !line.startsWith("Renewed")))
        .containsExactly(
            "Not renewed: " + file("dates.test.pem") + ": its dates were given",
            "  Try: devca issue",
            "Not renewed: " + file("mixed.test.pem") + ": it is changed",
            "  Try: devca issue --force",
            "Not renewed: "
                + file("password.test.pem")
                + ": cannot write the key store: the variable PW has no value",
            "  Try: export it, or use --password-file: sudo passes no variables on");
    assertThat(new ArrayList<Object>((List<?>) json(run).get("certificates")))
        .hasSize(4)
        .contains(
            Map.of(
                "file", file("dates.test.pem"),
                "names", List.of("dates.test"),
                "result", "failed",
                "reason", "its dates were given",
                "remedy", "devca issue"));
    assertThat(run("renew", "--all", "--quiet").err()).contains("Not renewed: ");
  }

  @Test
  void renew_filesOfSomebodyElse_areLeftAlone() throws Exception {
    issue("gone.test");
    issue("other.test");
    Files.delete(home.resolve("gone.test.key"));
    CertificateAuthority.inMemory(CaOptions.defaults())
        .issue(LeafRequest.forNames("other.test"))
        .writePem(home.resolve("other.test.pem"), home.resolve("other.test.key"));
    String other = Files.readString(home.resolve("other.test.pem"));

    CommandLineRun all = run("renew", "--all");
    CommandLineRun named = run("renew", "other.test", "gone.test");

    assertThat(all.exitCode()).isZero();
    assertThat(all.err())
        .isEqualTo(
            "Left alone: %s: it is gone\nLeft alone: %s: it is replaced\n"
                .formatted(file("gone.test.pem"), file("other.test.pem")));
    assertThat(named.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(named.err())
        .contains("Not renewed: " + file("gone.test.pem") + ": it is gone")
        .contains("Not renewed: " + file("other.test.pem") + ": it is replaced");
    assertThat(home.resolve("other.test.pem")).hasContent(other);
    assertThat(home.resolve("gone.test.key")).doesNotExist();
  }

  @Test
  void renew_goneAndPast_isForgotten() throws Exception {
    issue("old.test", "--from", "2020-01-01", "--until", "2020-02-01");
    Files.delete(home.resolve("old.test.pem"));

    assertThat(run("renew").exitCode()).isZero();

    assertThat(run("list").out()).isEmpty();
  }

  @Test
  void renew_folderIsReadOnly_saysWhyAndKeepsThePair() throws Exception {
    issue("app.test");
    String key = Files.readString(home.resolve("app.test.key"));
    Path link = home.resolve("app.test.pem");
    Path moved = Files.move(link, home.resolve("moved.pem"));
    Files.createSymbolicLink(link, moved);

    CommandLineRun run = run("renew", "--all");

    assertThat(run.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(run.err()).contains("it is a link, or no regular file");
    assertThat(home.resolve("app.test.key")).hasContent(key);
  }

  @Test
  void renew_caIsAnotherNow_issuesByTheNewOne() throws Exception {
    issue("app.test");
    Path folder = home.resolve(".local/share/devca");
    Files.delete(folder.resolve("rootCA.pem"));
    Files.delete(folder.resolve("rootCA-key.pem"));
    CertificateAuthority ca = CertificateAuthority.openOrCreate(folder);

    assertThat(run("renew", "--all").exitCode()).isZero();

    leaf("app.test").verify(ca.rootCertificate().getPublicKey());
  }

  @Test
  void renew_lockedCa_needsThePassphraseOnlyIfSomethingIsDue() throws Exception {
    issue("app.test", "--days", "90");
    environment.put("DEVCA_NEW_PASSPHRASE", "horse");
    assertThat(run("ca", "passphrase").exitCode()).isZero();

    assertThat(run("renew").exitCode()).isZero();
    CommandLineRun locked = run("renew", "--all");
    assertThat(locked.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(locked.err()).contains("cannot open the CA key");
    environment.put("DEVCA_PASSPHRASE", "horse");
    assertThat(run("renew", "--all").exitCode()).isZero();
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

    CommandLineRun run = run(words);

    assertThat(run)
        .isEqualTo(
            new CommandLineRun(
                ExitCode.USAGE, "", "devca: cannot renew: " + why + "\nTry: devca renew --help\n"));
  }

  @Test
  void renew_unknownName_renewsNothing() throws Exception {
    issue("app.test");
    X509Certificate before = leaf("app.test");

    CommandLineRun run = run("renew", "app.test", "other.test");

    assertThat(run)
        .isEqualTo(
            new CommandLineRun(
                ExitCode.FAILED,
                "",
                """
                devca: cannot renew 'other.test': no certificate of that name or file is recorded
                Try: devca list
                """));
    assertThat(leaf("app.test")).isEqualTo(before);
  }

  @Test
  void renew_hook_getsItsArgumentsAndNoPassphrase() throws Exception {
    issue("app.test");
    Path log = home.resolve("log");
    String[] command = {
      "renew",
      "--all",
      "--hook",
      "/bin/sh",
      "--hook-arg",
      "-c",
      "--hook-arg",
      "printf '%s|' \"$@\" \"${DEVCA_PASSPHRASE-none}\" >> \"$0\"",
      "--hook-arg",
      log.toString(),
      "--hook-arg",
      "a b; *",
      "--hook-arg=--all",
    };

    CommandLineRun run = run(command);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).endsWith("Ran /bin/sh\n");
    assertThat(log).hasContent("a b; *|--all|none|");
    assertThat(records()).doesNotContain("a b; *");
    issue("app.test");
    command[1] = "--within=1d";
    assertThat(run(command).err()).isEqualTo("Nothing is to be renewed.\n");
    assertThat(log).hasContent("a b; *|--all|none|");
  }

  @ParameterizedTest
  @CsvSource({
    "/bin/false, exit code 1",
    "/no/such/program, No such file or directory",
  })
  void renew_hookFails_isSaidAndThreeIsTheCode(String hook, String why) throws Exception {
    issue("app.test");
    X509Certificate before = leaf("app.test");

    CommandLineRun run = run("renew", "--all", "--quiet", "--json", "--hook", hook);

    assertThat(run.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(run.err()).startsWith("The hook " + hook + " failed: ").contains(why);
    assertThat(json(run).get("hookFailed")).isEqualTo(true);
    assertThat(leaf("app.test")).isNotEqualTo(before);
  }
}
