package dev.devca.cli.doctor;

import dev.devca.truststore.CommandRunner;
import dev.devca.truststore.Host;
import dev.devca.truststore.InstalledPrograms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Python, as one of the three ways in which it trusts.
 *
 * @param program the interpreter
 * @param way by which of its modules
 */
record Python(Path program, Way way) implements Client {
  /** The exit code by which a script here says that the module is not installed. */
  private static final int NO_MODULE = 66;

  /**
   * What in Python connects.
   *
   * @param script gets host, port and URL
   */
  private record Way(String kind, String title, List<String> variables, String script) {}

  private static final Way SSL =
      new Way(
          "python",
          "Python",
          List.of("SSL_CERT_FILE", "SSL_CERT_DIR"),
          """
          import socket, ssl, sys
          host, port = sys.argv[1], int(sys.argv[2])
          with socket.create_connection((host, port), timeout=SECONDS) as plain:
              ssl.create_default_context().wrap_socket(plain, server_hostname=host).close()
          """);

  private static final Way REQUESTS =
      new Way(
          "requests",
          "Python requests",
          List.of("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
          """
          import sys
          try:
              import requests
          except ImportError:
              sys.exit(66)
          requests.get(sys.argv[3], timeout=SECONDS, stream=True, allow_redirects=False).close()
          """);

  private static final Way PIP =
      new Way(
          "pip",
          "pip",
          List.of("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"),
          """
          import importlib.util, runpy, sys
          if importlib.util.find_spec("pip") is None:
              sys.exit(66)
          sys.argv = ["pip", "download", "--no-input", "--disable-pip-version-check"] + [
              "--no-deps", "--no-cache-dir", "--retries", "0", "--timeout", "SECONDS"] + [
              "--index-url", sys.argv[3], "devca-doctor"]
          runpy.run_module("pip", run_name="__main__")
          """);

  static List<Client> on(Host host) {
    List<Client> clients = new ArrayList<>();
    for (Path program : InstalledPrograms.named(host, "python3")) {
      for (Way way : List.of(SSL, REQUESTS, PIP)) {
        clients.add(new Python(program, way));
      }
    }
    return clients;
  }

  @Override
  public String kind() {
    return way.kind();
  }

  @Override
  public String name() {
    return way.title() + " (" + program + ")";
  }

  @Override
  public List<String> command(Target target) {
    return List.of(
        program.toString(),
        "-c",
        way.script().replace("SECONDS", Asking.SECONDS),
        target.host(),
        Integer.toString(target.port()),
        target.url());
  }

  @Override
  public boolean connected(CommandRunner.Result result) {
    // pip asks the server for a package that it does not have, and passes over servers that fail.
    return way.equals(PIP)
        ? result.lastLine().contains("No matching distribution")
            && !result.text().contains("Could not fetch URL")
            && !new String(result.errors(), StandardCharsets.UTF_8).contains("connection broken")
        : result.exitCode() == 0;
  }

  @Override
  public boolean missing(CommandRunner.Result result) {
    return result.exitCode() == NO_MODULE || Client.super.missing(result);
  }

  @Override
  public List<String> variables() {
    return way.variables();
  }
}
