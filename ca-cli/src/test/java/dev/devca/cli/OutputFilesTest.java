package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that {@code devca issue} writes. */
class OutputFilesTest {
  private static final String PASSWORD = "geheim-17";

  @TempDir Path home;
  private Path work;

  @BeforeEach
  void makeFolder() throws IOException {
    work = Files.createDirectory(home.resolve("work"));
    Files.writeString(home.resolve("pw"), PASSWORD + "\nsecond line\n");
  }

  /** Runs it; {@code W} stands for the folder, {@code H} for the home. */
  private CommandLineRun issue(String words) {
    String[] arguments =
        Stream.concat(
                Stream.of("issue"),
                Stream.of(words.split(" "))
                    .map(word -> word.replace("W/", work + "/").replace("H/", home + "/")))
            .toArray(String[]::new);
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", home.toString());
    environment.put("APP_PASSWORD", PASSWORD);
    return CommandLineRun.with(environment, arguments);
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String mode(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(work.resolve(file)));
  }

  private KeyStore open(String type, String file) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    try (var in = Files.newInputStream(work.resolve(file))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  @Test
  void issue_p12Alone_writesNoPemAndIsForItsOwnerAlone() throws Exception {
    CommandLineRun run = issue("app.test --p12-file W/a.p12 --password-file H/pw");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("  PKCS #12     " + work + "/a.p12\n").doesNotContain("nginx");
    assertThat(written()).containsExactly("a.p12");
    assertThat(mode("a.p12")).isEqualTo("rw-------");
    assertThat(open("PKCS12", "a.p12").isKeyEntry("devca")).isTrue();
  }

  @Test
  void issue_everythingAtOnce_holdsOneCertificate() throws Exception {
    CommandLineRun run =
        issue(
            "app.test --cert-file W/c.pem --key-file W/k.pem --p12-file W/a.p12 --jks-file W/a.jks"
                + " --truststore-file W/t.p12 --password-env APP_PASSWORD --alias web --json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    var leaf = Pem.certificates(Files.readString(work.resolve("c.pem"))).get(0);
    assertThat(open("PKCS12", "a.p12").getCertificate("web")).isEqualTo(leaf);
    assertThat(open("JKS", "a.jks").getCertificate("web")).isEqualTo(leaf);
    KeyStore trust = open("PKCS12", "t.p12");
    assertThat(trust.getCertificate(trust.aliases().nextElement()))
        .isEqualTo(CertificateAuthority.open(home.resolve(".local/share/devca")).rootCertificate());
    assertThat(List.of(mode("c.pem"), mode("k.pem"), mode("a.p12"), mode("a.jks"), mode("t.p12")))
        .containsExactly("rw-r--r--", "rw-------", "rw-------", "rw-------", "rw-r--r--");
    assertThat(Json.readObject(run.out().getBytes(StandardCharsets.UTF_8)))
        .containsEntry("p12", work + "/a.p12")
        .containsEntry("jks", work + "/a.jks")
        .containsEntry("trustStore", work + "/t.p12")
        .containsEntry("key", work + "/k.pem");
  }

  @Test
  void issue_combined_isForItsOwnerAlone() throws Exception {
    issue("app.test --cert-file W/c.pem --key-file W/../work/c.pem");

    assertThat(written()).containsExactly("c.pem");
    assertThat(work.resolve("c.pem"))
        .content()
        .startsWith("-----BEGIN CERTIFICATE-----")
        .endsWith("-----END PRIVATE KEY-----\n");
    assertThat(mode("c.pem")).isEqualTo("rw-------");
  }

  @Test
  void issue_der_writesWhatJavaReads() throws Exception {
    issue("app.test --der --cert-file W/c.der --key-file W/k.der");

    byte[] der = Files.readAllBytes(work.resolve("c.der"));
    var factory = java.security.cert.CertificateFactory.getInstance("X.509");
    var leaf = factory.generateCertificate(new java.io.ByteArrayInputStream(der));
    assertThat(leaf.getEncoded()).isEqualTo(der);
    var spec =
        new java.security.spec.PKCS8EncodedKeySpec(Files.readAllBytes(work.resolve("k.der")));
    assertThat(java.security.KeyFactory.getInstance("EC").generatePrivate(spec)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "--cert-file - --key-file W/k.pem, k.pem, CERTIFICATE",
    "--cert-file W/c.pem --key-file -, c.pem, PRIVATE KEY",
  })
  void issue_dash_goesToStandardOutputAlone(String files, String other, String label)
      throws Exception {
    CommandLineRun run = issue("app.test " + files);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("-----BEGIN " + label).endsWith("END " + label + "-----\n");
    assertThat(written()).containsExactly(other);
    assertThat(run.err()).doesNotContain("BEGIN");
  }

  @Test
  void issue_bothToStandardOutput_areCertificateAndKey() throws Exception {
    CommandLineRun run = issue("app.test --cert-file - --key-file -");

    assertThat(run.out())
        .startsWith("-----BEGIN CERTIFICATE-----")
        .endsWith("-----END PRIVATE KEY-----\n");
    assertThat(written()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0640, rw-r-----",
    "640, rw-r-----",
    "0444, r--r--r--",
    "0644, rw-r--r--",
    "0400, r--------",
  })
  void issue_keyMode_isExactlyThatWhateverWasThere(String mode, String expected) throws Exception {
    String words =
        "app.test --cert-file W/c.pem --key-file W/k.pem --p12-file W/a.p12"
            + " --password-file H/pw --key-mode ";
    issue(words + "0600");

    CommandLineRun run = issue(words + mode);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(List.of(mode("c.pem"), mode("k.pem"), mode("a.p12")))
        .containsExactly("rw-r--r--", expected, expected);
  }

  @Test
  void issue_keyGroup_mayReadIt() throws Exception {
    String group = Files.readAttributes(home, PosixFileAttributes.class).group().getName();

    issue("app.test --cert-file W/c.pem --key-file W/k.pem --key-group " + group);

    assertThat(mode("k.pem")).isEqualTo("rw-r-----");
    assertThat(Files.readAttributes(work.resolve("k.pem"), PosixFileAttributes.class).group())
        .hasToString(group);
  }

  @Test
  void issue_keyGroupThatIsNone_writesNothing() throws Exception {
    CommandLineRun run =
        issue("app.test --cert-file W/c.pem --key-file W/k.pem --key-group no-such-group");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains("cannot write " + work + "/k.pem: the group no-such-group cannot be set\n");
    assertThat(written()).isEmpty();
  }

  @Test
  void issue_keyStoreAgain_replacesOursWithTheSamePasswordAlone() throws Exception {
    String words = "app.test --p12-file W/a.p12 --jks-file W/a.jks --password-file H/pw";
    issue(words);
    byte[] first = Files.readAllBytes(work.resolve("a.p12"));

    assertThat(issue(words).exitCode()).isZero();
    assertThat(work.resolve("a.p12"))
        .content(StandardCharsets.ISO_8859_1)
        .isNotEqualTo(new String(first, StandardCharsets.ISO_8859_1));

    Files.writeString(home.resolve("pw"), "another");
    CommandLineRun refused = issue(words);

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err())
        .contains("it is there, and is not a key store of this CA with this password")
        .contains("choose another file with --p12-file, or replace it with --force");
    assertThat(issue(words + " --force").exitCode()).isZero();
  }

  @Test
  void issue_keyWithoutItsCertificate_isNotReplaced() throws Exception {
    issue("app.test --cert-file W/c.pem --key-file W/k.pem");

    CommandLineRun run = issue("app.test --cert-file - --key-file W/k.pem");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --cert-file W/a --key-file W/a --der               | a file of DER holds one thing
          --p12-file W/a --jks-file W/a --password-file H/pw | two of its files are both to be
          --cert-file W/a --p12-file W/a --password-file H/pw| two of its files are both to be
          --cert-file - --p12-file - --password-file H/pw    | two of its files are both to be -
          --cert-file - --json                               | --json and a file both go to standard output
          --p12-file W/a --password-file H/pw --der          | --der is for certificate and key files, and none is asked for
          --password-file H/pw                               | --password-file is for key stores, and none is asked for
          --legacy-p12                                       | --legacy-p12 is for key stores, and none is asked for
          --jks-file a.jks --legacy-p12                      | --legacy-p12 is for a PKCS #12 store, and none is asked for
          --alias x                                          | --alias is for key stores, and none is asked for
          --p12-file W/a --password-file H/pw --password-env APP_PASSWORD | --password-file and --password-env exclude each other
          --key-mode 0040                                    | --key-mode is an octal mode such as 0640, and lets the owner read
          --key-mode 4755                                    | --key-mode is an octal mode
          --key-mode 888                                     | --key-mode is an octal mode
          --key-mode 0660                                    | --key-mode lets others read a key at most
          --key-mode 0700                                    | --key-mode lets others read a key at most
          --key-mode rw-r                                    | --key-mode is an octal mode
          """)
  void issue_outputsThatMakeNoSense_areRefusedAndNothingIsMade(String words, String why)
      throws Exception {
    CommandLineRun run = issue("app.test " + words);

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err()).startsWith("devca: cannot issue a certificate: ").contains(why);
    assertThat(written()).isEmpty();
    assertThat(home.resolve(".local")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --password-file H/no   | cannot read the password file H/no: no such file
          --password-env NO_SUCH | cannot write the key store: the variable NO_SUCH has no value
          ''                     | cannot write the key store: it needs a password, and there is no terminal to ask at
          """)
  void issue_noPassword_saysHowToGiveOneAndMakesNothing(String words, String why) throws Exception {
    CommandLineRun run = issue(("app.test --p12-file W/a.p12 " + words).strip());

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err()).contains(why.replace("H/", home + "/"));
    assertThat(home.resolve(".local")).doesNotExist();
    assertThat(written()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pässwort", "", "tab\t"})
  void issue_passwordThatJavaOpensNot_isRefusedWithThatReason(String password) throws Exception {
    Files.writeString(home.resolve("pw"), password);

    CommandLineRun run = issue("app.test --p12-file W/a.p12 --password-file H/pw");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).startsWith("devca: cannot write the key store: a key store's password ");
    assertThat(run.err()).doesNotContain(password.isEmpty() ? "\0" : password);
    assertThat(written()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--cert-file W/c.pem --key-file W/k.pem, --cert-file W/c.pem --key-file W/c.pem",
    "--cert-file W/c.pem --key-file W/c.pem, --cert-file W/c.pem --key-file W/k.pem",
    "--cert-file W/c.pem --key-file W/k.pem, --cert-file W/c.pem --key-file W/b.pem",
  })
  void issue_certificateOfOursWithItsKeyElsewhere_isReplaced(String first, String second) {
    issue("app.test " + first);

    CommandLineRun run = issue("app.test " + second);

    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void issue_keyOfAnEarlierCertificate_isNotReplacedAndNamed() throws Exception {
    issue("app.test --cert-file W/c.pem --key-file W/k.pem");
    issue("app.test --cert-file W/c.pem --key-file W/b.pem");
    String key = Files.readString(work.resolve("k.pem"));

    CommandLineRun run = issue("app.test --cert-file W/c.pem --key-file W/k.pem");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .startsWith(
            "devca: cannot write %s/k.pem: it is there, and is not the key of a certificate of this CA in %s/c.pem\n"
                .formatted(work, work));
    assertThat(work.resolve("k.pem")).hasContent(key);
  }

  @Test
  void issue_certificateOfOursWithAnothersKeyInTheFile_isNotReplaced() throws Exception {
    issue("app.test --cert-file W/c.pem --key-file W/k.pem");
    issue("b.test --cert-file W/d.pem --key-file W/l.pem");
    String mixed =
        Files.readString(work.resolve("c.pem")) + Files.readString(work.resolve("l.pem"));
    Files.writeString(work.resolve("c.pem"), mixed);

    for (String key : List.of("W/k.pem", "W/c.pem", "W/new.pem")) {
      assertThat(issue("app.test --cert-file W/c.pem --key-file " + key).exitCode())
          .isEqualTo(ExitCode.FAILED);
    }

    assertThat(work.resolve("c.pem")).hasContent(mixed);
  }
}
