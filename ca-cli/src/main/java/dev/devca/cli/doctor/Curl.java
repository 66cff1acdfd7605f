package dev.devca.cli.doctor;

import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Host;
import dev.devca.truststore.InstalledPrograms;
import java.nio.file.Path;
import java.util.List;

/** curl, whatever TLS library it is built on. */
record Curl(Path program) implements Client {

  static List<Client> on(Host host) {
    return InstalledPrograms.named(host, "curl").stream().<Client>map(Curl::new).toList();
  }

  @Override
  public String kind() {
    return "curl";
  }

  @Override
  public String name() {
    return "curl (" + program + ")";
  }

  @Override
  public List<String> command(Target target) {
    return List.of(
        program.toString(),
        "--silent",
        "--show-error",
        "--max-time",
        Asking.SECONDS,
        "--output",
        "/dev/null",
        "--write-out",
        // The seconds until the handshake was completed; 0 if it was not.
        "%{time_appconnect}",
        target.url());
  }

  @Override
  public boolean connected(CommandRunner.Result result) {
    return result.exitCode() == 0 || !result.text().matches("0[.,]0*|");
  }

  @Override
  public List<String> variables() {
    return List.of("CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR");
  }
}
