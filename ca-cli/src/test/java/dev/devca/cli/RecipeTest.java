package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of {@code devca issue --for}. RecipesIT starts the servers with them. */
class RecipeTest {
  @TempDir Path home;
  private Path work;

  @BeforeEach
  void makeFolder() throws IOException {
    work = Files.createDirectory(home.resolve("w"));
  }

  private CommandLineRun issue(Path folder, String server, String... more) {
    List<String> arguments = new ArrayList<>(List.of("issue", "app.test", "--for", server));
    for (String word : more) {
      arguments.add(word.replace("W/", folder + "/"));
    }
    return CommandLineRun.with(
        Map.of("HOME", home.toString(), "APP_PASSWORD", "geheim"),
        arguments.toArray(String[]::new));
  }

  private String lines(Path folder, String server, String... more) {
    CommandLineRun run = issue(folder, server, more);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("For nginx");
    return run.out().replace(folder.toString(), "W").replace(folder.toUri().toString(), "W/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nginx       | 'ssl_certificate     W/c.pem;\nssl_certificate_key W/k.pem;\n'
          apache      | 'SSLEngine on\nSSLCertificateFile "W/c.pem"\nSSLCertificateKeyFile "W/k.pem"\n'
          caddy       | 'tls W/c.pem W/k.pem\n'
          spring-boot | 'server.ssl.certificate=file:W/c.pem\nserver.ssl.certificate-private-key=file:W/k.pem\n'
          """)
  void issue_for_printsTheLinesAlone(String server, String expected) {
    assertThat(lines(work, server, "--cert-file", "W/c.pem", "--key-file", "W/k.pem"))
        .isEqualTo(expected.replace("\\n", "\n"));
  }

  @Test
  void issue_forHaproxy_needsOneFileAndMakesIt() throws Exception {
    assertThat(lines(work, "haproxy", "--cert-file", "W/c.pem"))
        .isEqualTo("bind :443 ssl crt W/c.pem\n");
    assertThat(work.resolve("c.pem")).content().contains("PRIVATE KEY").contains("CERTIFICATE");

    CommandLineRun run = issue(work, "haproxy", "--cert-file", "W/d.pem", "--key-file", "W/k.pem");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("haproxy reads certificate and key from one file");
    assertThat(work.resolve("d.pem")).doesNotExist();
  }

  @Test
  void issue_forTomcat_isAConnector() {
    assertThat(lines(work, "tomcat", "--cert-file", "W/c.pem", "--key-file", "W/k.pem"))
        .isEqualTo(
            """
            <Connector port="8443" SSLEnabled="true" scheme="https" secure="true">
              <SSLHostConfig>
                <Certificate certificateFile="W/c.pem"
                             certificateKeyFile="W/k.pem" />
              </SSLHostConfig>
            </Connector>
            """);
  }

  @Test
  void issue_forSpringBootWithKeyStore_namesTheVariableAndNoPassword() {
    assertThat(
            lines(work, "spring-boot", "--p12-file", "W/a.p12", "--password-env", "APP_PASSWORD"))
        .isEqualTo(
            """
            server.ssl.key-store=file:W/a.p12
            server.ssl.key-store-type=PKCS12
            server.ssl.key-store-password=${APP_PASSWORD}
            """);
  }

  @Test
  void issue_forWithJson_areAFieldOfIt() throws Exception {
    CommandLineRun run =
        issue(work, "caddy", "--cert-file", "W/c.pem", "--key-file", "W/k.pem", "--json");

    assertThat(Json.readObject(run.out().getBytes(StandardCharsets.UTF_8)))
        .containsEntry("lines", List.of("tls " + work + "/c.pem " + work + "/k.pem"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a$b  | nginx   | nginx cannot be told of a file with $ in its path
          a${b | apache  | apache cannot be told of a file with ${ in its path
          a{b  | caddy   | caddy cannot be told of a file with { in its path
          a`b  | caddy   | caddy cannot be told of a file with ` in its path
          a${b | tomcat  | tomcat cannot be told of a file with ${ in its path
          a    | iis     | --for knows nginx, apache, caddy, haproxy, spring-boot, tomcat, node, and not 'iis'
          """)
  void issue_forWhatCannotBe_isRefusedAndNothingIsMade(String folder, String server, String why)
      throws Exception {
    Path odd = Files.createDirectory(home.resolve(folder));

    CommandLineRun run = issue(odd, server, "--cert-file", "W/c.pem", "--key-file", "W/k.pem");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("devca: cannot issue a certificate: " + why);
    assertThat(odd).isEmptyDirectory();
    assertThat(home.resolve(".local")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nginx       | --p12-file W/a --password-env APP_PASSWORD   | nginx reads a certificate and a key from files of PEM
          node        | --jks-file W/a --password-env APP_PASSWORD   | node reads a certificate and a key from files of PEM
          spring-boot | --p12-file W/a --password-file W/x           | spring-boot takes a key store's password from a variable
          apache      | --cert-file - --key-file W/k                 | --for prints on standard output, where a file goes too
          apache      | --client                                     | --for is for servers, and this certificate is not
          """)
  void issue_forWithoutItsFiles_saysWhatToGive(String server, String words, String why) {
    CommandLineRun run = issue(work, server, words.split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("devca: cannot issue a certificate: " + why);
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void issue_forOddPaths_quotesThem() throws Exception {
    Path odd = Files.createDirectory(home.resolve("My \"Wörk\" & <1>"));
    String files = home + "/My \\\"Wörk\\\" & <1>/c.pem";

    assertThat(issue(odd, "apache", "--cert-file", "W/c.pem", "--key-file", "W/k.pem").out())
        .contains("SSLCertificateFile \"" + files + "\"");
    assertThat(issue(odd, "tomcat", "--cert-file", "W/c.pem", "--key-file", "W/k.pem").out())
        .contains("/My &quot;Wörk&quot; &amp; &lt;1>/c.pem\"");
    assertThat(issue(odd, "spring-boot", "--cert-file", "W/c.pem", "--key-file", "W/k.pem").out())
        .contains("/My%20%22W%C3%B6rk%22%20&%20%3C1%3E/c.pem");
    assertThat(issue(odd, "haproxy", "--cert-file", "W/h.pem").out())
        .contains("'" + odd + "/h.pem'");
  }
}
