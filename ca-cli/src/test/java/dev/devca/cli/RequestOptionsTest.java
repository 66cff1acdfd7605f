package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code devca issue --csr}. */
class RequestOptionsTest {
  /** Made once by OpenSSL: asks for DNS:../evil, CA:TRUE and the common name ../evil. */
  private static final String EVIL = "evil.csr";

  /** Made once by OpenSSL: asks for DNS:app.test and IP:10.0.0.1. */
  private static final String GOOD = "app.csr";

  @TempDir Path home;
  private Path work;

  @BeforeEach
  void makeFolder() throws IOException {
    work = Files.createDirectory(home.resolve("work"));
    for (String name : List.of(GOOD, EVIL)) {
      try (InputStream in = RequestOptionsTest.class.getResourceAsStream(name)) {
        Files.copy(in, home.resolve(name));
      }
    }
  }

  /** Runs it; {@code W} stands for the folder, {@code H} for the home. */
  private CommandLineRun issue(String words) {
    return issue("", words);
  }

  private CommandLineRun issue(String input, String words) {
    String[] arguments =
        Stream.concat(
                Stream.of("issue"),
                Stream.of(words.split(" "))
                    .map(word -> word.replace("W/", work + "/").replace("H/", home + "/")))
            .toArray(String[]::new);
    return CommandLineRun.withInput(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.US_ASCII)), home, arguments);
  }

  private X509Certificate leaf() throws IOException {
    return Pem.certificates(Files.readString(work.resolve("c.pem"))).get(0);
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<Object> names(X509Certificate leaf) throws Exception {
    return leaf.getSubjectAlternativeNames().stream().<Object>map(name -> name.get(1)).toList();
  }

  @Test
  void issue_csr_writesTheCertificateAlone() throws Exception {
    CommandLineRun run = issue("--csr H/app.csr --cert-file W/c.pem --days 30");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("Issued a certificate for app.test, 10.0.0.1\n")
        .doesNotContain("  key ");
    assertThat(written()).containsExactly("c.pem");
    assertThat(names(leaf())).containsExactly("app.test", "10.0.0.1");
  }

  @Test
  void issue_csrOnStandardInput_goesToStandardOutput() throws Exception {
    String pem = Files.readString(home.resolve(GOOD));

    CommandLineRun run = issue(pem, "--csr - --cert-file - --client --server --quiet");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Pem.certificates(run.out()).get(0).getExtendedKeyUsage()).hasSize(2);
    assertThat(written()).isEmpty();
  }

  @Test
  void issue_csrWithNames_hasThoseAlone() throws Exception {
    CommandLineRun run =
        issue("--csr H/evil.csr --cert-file W/c.pem --name B.test --name ::1 --cn web");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("The request asks for more, which is left out: that it is a CA")
        .contains("\"B.test\" is written b.test");
    assertThat(names(leaf())).containsExactly("b.test", "0:0:0:0:0:0:0:1");
    assertThat(leaf().getSubjectX500Principal().getName()).isEqualTo("CN=web");
    assertThat(leaf().getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void issue_csrAgain_replacesItsCertificateAndNothingElse() throws Exception {
    issue("--csr H/app.csr --cert-file W/c.pem");
    assertThat(issue("--csr H/app.csr --cert-file W/c.pem").exitCode()).isZero();

    Files.writeString(work.resolve("c.pem"), "precious");
    CommandLineRun run = issue("--csr H/app.csr --cert-file W/c.pem");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(work.resolve("c.pem")).hasContent("precious");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --csr H/app.csr                                        | 2 | with --csr its place must be given with --cert-file
          --csr H/app.csr --cert-file W/c.pem app.test           | 2 | with --csr names are given with --name
          --csr H/app.csr --cert-file W/c.pem --key p384         | 2 | --key makes a new key, and a certification request has its own
          --csr H/app.csr --cert-file W/c.pem --key-file W/k.pem | 2 | --key-file is for a key, which stays with who made the request
          --csr H/app.csr --cert-file W/c.pem --p12-file W/k.p12 | 2 | --p12-file is for a key
          --csr H/app.csr --cert-file W/c.pem --key-mode 0640    | 2 | --key-mode is for files with a key, and none is asked for
          --name app.test                                        | 2 | --name is for certification requests
          --csr H/app.csr --cert-file W/c.pem --name *.com       | 2 | *.com
          --csr H/no.csr --cert-file W/c.pem                     | 1 | cannot read the certification request
          --csr W/ --cert-file W/c.pem                           | 1 | it is a directory
          --csr H/evil.csr --cert-file W/c.pem                   | 1 | cannot sign the certification request: cannot use the name "../evil"
          --csr - --cert-file W/c.pem                            | 1 | cannot sign the certification request: expected one PEM block or DER, found 0
          """)
  void issue_csrThatMakesNoSense_isRefusedAndNothingIsMade(String words, int code, String why)
      throws Exception {
    CommandLineRun run = issue(words);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(code);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err()).startsWith("devca: cannot ").contains(why);
    assertThat(written()).isEmpty();
    assertThat(home.resolve(".local")).doesNotExist();
    assertThat(home.resolve("evil.pem")).doesNotExist();
  }
}
