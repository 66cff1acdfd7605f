package dev.devca.cli.doctor;

import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Host;
import dev.devca.truststore.InstalledPrograms;
import dev.devca.truststore.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bundle that programs written in Go read on Linux, which carry their TLS in themselves:
 * OpenSSL's client is started with that file and nothing else.
 */
record GoBundle(Path openssl, Path bundle) implements Client {
  private static final String VARIABLE = "SSL_CERT_FILE";
  private static final String SCRIPT =
      "bundle=${SSL_CERT_FILE:-$1}; shift; exec \"$@\" -CAfile \"$bundle\"";

  /** Go's crypto/x509, root_linux.go: the first that is there. */
  private static final List<String> PLACES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/etc/pki/tls/cacert.pem",
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "/etc/ssl/cert.pem");

  static List<Client> on(Host host) {
    Optional<Path> openssl = InstalledPrograms.named(host, "openssl").stream().findFirst();
    if (host.os() != OperatingSystem.LINUX || openssl.isEmpty()) {
      return List.of();
    }
    return PLACES.stream()
        .map(host::path)
        .filter(Files::exists)
        .limit(1)
        .<Client>map(bundle -> new GoBundle(openssl.get(), bundle))
        .toList();
  }

  @Override
  public String kind() {
    return "go";
  }

  @Override
  public String name() {
    return "Go programs (" + bundle + ")";
  }

  @Override
  public List<String> command(Target target) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
    command.add(bundle.toString());
    command.addAll(OpenSsl.command(openssl, target, List.of("-no-CApath", "-no-CAstore")));
    return command;
  }

  @Override
  public boolean connected(CommandRunner.Result result) {
    return result.exitCode() == 0;
  }

  @Override
  public List<String> variables() {
    return List.of(VARIABLE);
  }
}
