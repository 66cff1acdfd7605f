package dev.devca.cli.doctor;

import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Host;
import dev.devca.truststore.InstalledPrograms;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** GNU Wget. */
record Wget(Path program) implements Client {

  static List<Client> on(Host host) {
    return InstalledPrograms.named(host, "wget").stream().<Client>map(Wget::new).toList();
  }

  @Override
  public String kind() {
    return "wget";
  }

  @Override
  public String name() {
    return "wget (" + program + ")";
  }

  @Override
  public List<String> command(Target target) {
    return List.of(
        program.toString(),
        "--no-verbose",
        "--tries=1",
        "--max-redirect=0",
        "--timeout=" + Asking.SECONDS,
        "--output-document=/dev/null",
        target.url());
  }

  @Override
  public boolean connected(CommandRunner.Result result) {
    // Its manual: 6 authentication, 7 protocol, 8 error response: all after the handshake.
    return Set.of(0, 6, 7, 8).contains(result.exitCode());
  }

  @Override
  public List<String> variables() {
    // Those of OpenSSL, for a wget that is built on it.
    return List.of("SSL_CERT_FILE", "SSL_CERT_DIR");
  }
}
