package dev.devca.cli.system;

import java.net.URI;
import java.time.Duration;

/**
 * A web page of another server, over plain http: it fetches the address it is told, as the page of
 * one development server fetches from another, and shows in its title what came of it.
 */
final class CorsPage implements AutoCloseable {

  /** As browsers name it to the server that is to allow it. */
  static final String ORIGIN = "http://localhost:8000";

  /** A header beyond those that a page may always send: the browser has to ask before. */
  static final String HEADER = "X-Devca-Probe";

  private static final String FOLDER = "/tmp/page";

  /** No test takes that long; what forgets to stop it ends with it. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final Running server;

  private CorsPage(Running server) {
    this.server = server;
  }

  /** Starts the server and waits until it listens. */
  static CorsPage serve(Sandbox sandbox) {
    Prerequisite.program(sandbox, "/usr/bin/python3", "python3");
    sandbox.write(
        FOLDER + "/index.html",
        """
        <!DOCTYPE html>
        <meta charset="utf-8">
        <title>asking</title>
        <body></body>
        <script>
          fetch(location.search.slice(1), { headers: { "%s": "1" } })
            .then(answer => answer.text())
            .then(text => "fetched " + text, error => "refused " + error)
            .then(result => { document.title = result.trim(); });
        </script>
        """
            .formatted(HEADER));
    Running server =
        sandbox
            .root()
            .limit(LIFE)
            .start(
                "/usr/bin/python3",
                "-m",
                "http.server",
                "8000",
                "--bind=127.0.0.1",
                "--directory=" + FOLDER);
    CorsPage page = new CorsPage(server);
    if (!sandbox.awaitListening("127.0.0.1/8000")) {
      page.close();
      throw new AssertionError("the page's server did not start: " + server.result());
    }
    return page;
  }

  /** The address of the page that fetches this one. */
  static URI fetching(URI address) {
    return URI.create(ORIGIN + "/?" + address);
  }

  @Override
  public void close() {
    server.close();
  }
}
