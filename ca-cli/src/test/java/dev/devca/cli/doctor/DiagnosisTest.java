package dev.devca.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.truststore.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosisTest {
  private static final String UNKNOWN = "unable to get local issuer certificate";
  private static final Finding NAME = new Finding("name-mismatch", "text", "remedy");

  @TempDir Path folder;

  /** A client whose trust depends on its environment. */
  private static Optional<ClientReport> examine(
      Map<String, String> environment,
      List<Finding> findings,
      Map<String, String> ours,
      Function<Map<String, String>, String> says) {
    Function<Map<String, String>, CommandRunner> runners =
        changed ->
            command -> {
              String words = says.apply(changed);
              if (words.equals("slow")) {
                throw new IOException("it did not end within 60 s and was stopped");
              }
              int code = words.isEmpty() ? 0 : words.equals("gone") ? 127 : 1;
              return new CommandRunner.Result(
                  code, new byte[0], words.getBytes(StandardCharsets.UTF_8));
            };
    Asking asking = new Asking(environment, runners, true, Target.parse("a.test"));
    return new Diagnosis(asking, findings, ours).examine(new OpenSsl(Path.of("/bin/openssl")));
  }

  private static ClientReport report(String state, String reason, String remedy) {
    return new ClientReport("openssl", "OpenSSL (/bin/openssl)", state, reason, remedy);
  }

  @Test
  void examine_rootInNoStore_install() {
    assertThat(examine(Map.of(), List.of(), Map.of(), env -> UNKNOWN))
        .contains(report("refuses", "the root is not in its store", "devca install"));
  }

  @Test
  void examine_trusts_nothingToSay() {
    assertThat(examine(Map.of("SSL_CERT_FILE", "/x"), List.of(NAME), Map.of(), env -> ""))
        .contains(report("trusts", "", ""));
  }

  @Test
  void examine_programThatIsNone_isLeftOut() {
    assertThat(examine(Map.of(), List.of(), Map.of(), env -> "gone")).isEmpty();
  }

  @Test
  void examine_serversFault_isLeftToTheServersFinding() {
    assertThat(examine(Map.of(), List.of(NAME), Map.of(), env -> "hostname mismatch"))
        .contains(report("refuses", "hostname mismatch", ""));
  }

  @Test
  void examine_serversFaultOfTheNameAndNoRoot_isTheStoresFirst() {
    assertThat(examine(Map.of(), List.of(NAME), Map.of(), env -> UNKNOWN))
        .contains(report("refuses", "the root is not in its store", "devca install"));
  }

  @Test
  void examine_variableThatPointsElsewhere_isTheOneToUnset() throws Exception {
    String file = Files.createFile(folder.resolve("other.pem")).toString();
    Map<String, String> environment = Map.of("SSL_CERT_FILE", file, "SSL_CERT_DIR", "/etc/ssl");

    assertThat(
            examine(
                environment,
                List.of(),
                Map.of(),
                env -> env.containsKey("SSL_CERT_FILE") ? UNKNOWN : ""))
        .contains(
            report(
                "refuses",
                "SSL_CERT_FILE names " + file + ", which lacks the root",
                "unset SSL_CERT_FILE"));
  }

  @Test
  void examine_twoVariablesTogether_areBothToUnset() {
    Map<String, String> environment =
        Map.of("SSL_CERT_FILE", "/nowhere/a", "SSL_CERT_DIR", "/nowhere/b");

    assertThat(
            examine(
                environment,
                List.of(),
                Map.of(),
                env ->
                    env.containsKey("SSL_CERT_FILE") || env.containsKey("SSL_CERT_DIR")
                        ? UNKNOWN
                        : ""))
        .contains(
            report(
                "refuses",
                "SSL_CERT_DIR names /nowhere/b, which is not there; "
                    + "SSL_CERT_FILE names /nowhere/a, which is not there",
                "unset SSL_CERT_DIR SSL_CERT_FILE"));
  }

  @Test
  void examine_variableOfOursNotSet_isThatShells() {
    Map<String, String> ours = Map.of("SSL_CERT_FILE", "/ours", "OTHER", "/other");

    assertThat(
            examine(
                Map.of(),
                List.of(),
                ours,
                env -> env.getOrDefault("SSL_CERT_FILE", "").equals("/ours") ? "" : UNKNOWN))
        .contains(
            report("refuses", "SSL_CERT_FILE is not set in this shell", "eval \"$(devca env)\""));
  }

  @Test
  void examine_cannotBeAsked_saysWhatItSaid() {
    assertThat(examine(Map.of(), List.of(), Map.of(), env -> "Could not resolve host"))
        .contains(report("unasked", "Could not resolve host", ""));
    assertThat(examine(Map.of(), List.of(), Map.of(), env -> "slow"))
        .contains(report("unasked", "it did not end within 60 s and was stopped", ""));
  }

  @Test
  void examine_proxyInTheWay_isToUnset() {
    assertThat(
            examine(
                Map.of("https_proxy", "http://proxy:1"),
                List.of(),
                Map.of(),
                env -> env.containsKey("https_proxy") ? "Could not resolve proxy" : ""))
        .contains(report("unasked", "Could not resolve proxy", "unset https_proxy"));
  }
}
