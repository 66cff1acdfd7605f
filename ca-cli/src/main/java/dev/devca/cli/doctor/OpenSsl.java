package dev.devca.cli.doctor;

import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Host;
import dev.devca.truststore.InstalledPrograms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** OpenSSL's own client, with what OpenSSL trusts by default. */
record OpenSsl(Path program) implements Client {

  static List<Client> on(Host host) {
    return InstalledPrograms.named(host, "openssl").stream().<Client>map(OpenSsl::new).toList();
  }

  @Override
  public String kind() {
    return "openssl";
  }

  @Override
  public String name() {
    return "OpenSSL (" + program + ")";
  }

  @Override
  public List<String> command(Target target) {
    return command(program, target, List.of());
  }

  /** The client with other trust; it ends with its input, which is empty. */
  static List<String> command(Path program, Target target, List<String> trust) {
    List<String> command = new ArrayList<>(List.of(program.toString(), "s_client", "-brief"));
    command.addAll(List.of("-connect", target.address(), "-verify_return_error"));
    if (target.isAddress()) {
      command.addAll(List.of("-verify_ip", target.host()));
    } else {
      command.addAll(List.of("-verify_hostname", target.host()));
      command.addAll(List.of("-servername", target.host()));
    }
    command.addAll(trust);
    return command;
  }

  @Override
  public boolean connected(CommandRunner.Result result) {
    return result.exitCode() == 0;
  }

  @Override
  public List<String> variables() {
    return List.of("SSL_CERT_FILE", "SSL_CERT_DIR");
  }
}
