package dev.devca.cli.doctor;

import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Host;
import dev.devca.truststore.InstalledPrograms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A browser's database: NSS's own client is started with it and with the public roots, which a
 * browser has too. The browser itself may be running, and is left alone.
 */
record NssClient(Path program, String browser, Path database) implements Client {

  static List<Client> on(Host host) {
    Optional<Path> program = host.program("tstclnt");
    List<Client> clients = new ArrayList<>();
    program.ifPresent(
        client ->
            InstalledPrograms.nssDatabases(host)
                .forEach((name, folder) -> clients.add(new NssClient(client, name, folder))));
    return clients;
  }

  @Override
  public String kind() {
    return "nss";
  }

  @Override
  public String name() {
    return browser;
  }

  @Override
  public List<String> command(Target target) {
    return List.of(
        program.toString(),
        "-h",
        target.host(),
        "-p",
        Integer.toString(target.port()),
        "-d",
        "sql:" + database,
        target.ipv6() ? "-6" : "-4",
        // The public roots.
        "-b",
        // Only the handshake.
        "-Q");
  }

  @Override
  public boolean connected(CommandRunner.Result result) {
    return result.exitCode() == 0;
  }

  @Override
  public List<String> variables() {
    return List.of();
  }
}
