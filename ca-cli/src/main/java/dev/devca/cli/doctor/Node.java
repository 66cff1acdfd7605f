package dev.devca.cli.doctor;

import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Host;
import dev.devca.truststore.InstalledPrograms;
import java.nio.file.Path;
import java.util.List;

/** A Node.js. */
record Node(Path program) implements Client {
  private static final String SCRIPT =
      """
      const [host, port] = process.argv.slice(1);
      const name = require("net").isIP(host) ? undefined : host;
      const socket = require("tls").connect({ host, port: Number(port), servername: name });
      socket.setTimeout(SECONDS000, () => socket.destroy(new Error("no answer in time")));
      socket.on("secureConnect", () => process.exit(0));
      socket.on("error", e => {
        console.error(String(e.code || ""), e.message);
        process.exit(1);
      });
      """
          .replace("SECONDS", Asking.SECONDS);

  static List<Client> on(Host host) {
    return InstalledPrograms.named(host, "node").stream().<Client>map(Node::new).toList();
  }

  @Override
  public String kind() {
    return "node";
  }

  @Override
  public String name() {
    return "Node.js (" + program + ")";
  }

  @Override
  public List<String> command(Target target) {
    return List.of(
        program.toString(), "-e", SCRIPT, target.host(), Integer.toString(target.port()));
  }

  @Override
  public boolean connected(CommandRunner.Result result) {
    return result.exitCode() == 0;
  }

  @Override
  public List<String> variables() {
    return List.of("NODE_EXTRA_CA_CERTS", "NODE_OPTIONS", "SSL_CERT_FILE", "SSL_CERT_DIR");
  }

  @Override
  public List<String> blindfolds() {
    return List.of("NODE_TLS_REJECT_UNAUTHORIZED");
  }
}
