package dev.devca.cli.doctor;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.devca.ca.CaException;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine alone, with a certificate of the CA that lives for an hour. */
final class OwnServer implements AutoCloseable {
  private static final Duration LIFE = Duration.ofHours(1);
  // All clients at once, each perhaps with two connections.
  private static final int THREADS = 8;

  private final HttpsServer server;
  private final ExecutorService threads;

  private OwnServer(HttpsServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  static OwnServer start(CertificateAuthority ca) throws IOException {
    IssuedCertificate leaf =
        ca.issue(LeafRequest.forNames("localhost", "127.0.0.1", "::1").withValidity(LIFE));
    HttpsServer server;
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new CaException(
          "cannot start a server on this machine: " + e.getMessage(),
          "name a server: devca doctor HOST:PORT",
          e);
    }
    server.setHttpsConfigurator(new HttpsConfigurator(leaf.serverContext()));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_NOT_FOUND, -1);
          }
        });
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "devca-doctor-server");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.start();
    return new OwnServer(server, threads);
  }

  Target target() {
    return Target.of("localhost", server.getAddress().getPort(), "/");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
