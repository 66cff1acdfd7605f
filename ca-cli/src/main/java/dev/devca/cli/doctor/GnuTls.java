package dev.devca.cli.doctor;

import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Host;
import dev.devca.truststore.InstalledPrograms;
import java.nio.file.Path;
import java.util.List;

/** GnuTLS's own client. */
record GnuTls(Path program) implements Client {

  static List<Client> on(Host host) {
    return InstalledPrograms.named(host, "gnutls-cli").stream().<Client>map(GnuTls::new).toList();
  }

  @Override
  public String kind() {
    return "gnutls";
  }

  @Override
  public String name() {
    return "GnuTLS (" + program + ")";
  }

  @Override
  public List<String> command(Target target) {
    return List.of(program.toString(), "--port=" + target.port(), target.host());
  }

  @Override
  public boolean connected(CommandRunner.Result result) {
    return result.text().contains("- Handshake was completed");
  }

  @Override
  public List<String> variables() {
    return List.of();
  }
}
