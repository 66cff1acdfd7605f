package dev.devca.cli.doctor;

import dev.devca.ca.CaException;
import dev.devca.ca.CertificateAuthority;
import dev.devca.truststore.ClientEnvironment;
import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Elevation;
import dev.devca.truststore.Host;
import dev.devca.truststore.OperatingSystem;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Looks at a server, and starts each client of the machine against it. */
public final class Doctor {
  private final Host host;
  private final Map<String, String> environment;
  private final Optional<CertificateAuthority> ca;
  private final List<String> kinds;

  /**
   * For one machine and user.
   *
   * @param environment the user's variables
   * @param ca the user's CA, if there is one
   * @param kinds the kinds of clients to start; all if empty
   * @throws IllegalArgumentException if there is no such kind
   */
  public Doctor(
      Host host,
      Map<String, String> environment,
      Optional<CertificateAuthority> ca,
      List<String> kinds) {
    for (String kind : kinds) {
      if (!Clients.KINDS.contains(kind)) {
        throw new IllegalArgumentException(
            "there is no client '" + kind + "'; known are " + String.join(", ", Clients.KINDS));
      }
    }
    this.host = host;
    this.environment = Map.copyOf(environment);
    this.ca = ca;
    this.kinds = kinds.isEmpty() ? Clients.KINDS : List.copyOf(kinds);
  }

  /**
   * Examines a server.
   *
   * @throws CaException if it cannot be reached
   */
  public Examination examine(Target target) throws CaException {
    Served served = ServerProbe.ask(target);
    X509Certificate leaf = served.chain().get(0);
    List<Finding> findings =
        new ArrayList<>(
            ChainCheck.of(
                served.chain(),
                Optional.of(target.name()),
                ca.map(CertificateAuthority::rootCertificate),
                Clock.systemUTC().instant()));
    if (!served.keyFits()) {
      findings.add(
          new Finding(
              "key-mismatch",
              "the server's key is not that of its certificate",
              Reissue.command(Optional.of(target.name()), leaf)));
    }
    Function<Map<String, String>, CommandRunner> runners =
        changed -> Host.current(changed, Elevation.none()).commands();
    Asking asking =
        new Asking(
            environment,
            runners,
            host.os() != OperatingSystem.WINDOWS,
            target.at(served.address()));
    Diagnosis diagnosis = new Diagnosis(asking, findings, ClientEnvironment.of(host));
    List<Client> chosen =
        Clients.on(host).stream().filter(client -> kinds.contains(client.kind())).toList();
    List<ClientReport> clients = Clients.examine(chosen, diagnosis::examine);
    return new Examination(target, leaf, served.wantsClientCertificate(), findings, clients);
  }

  /**
   * Examines a server of its own, which is gone afterwards.
   *
   * @throws IOException if the CA cannot issue a certificate for it
   */
  public Examination examineOwn() throws IOException {
    try (OwnServer server = OwnServer.start(ca.orElseThrow())) {
      return examine(server.target());
    }
  }
}
