package dev.devca.ca;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A TLS connection over the loopback, by which each side sends a byte and reads one. */
record Handshake(
    Optional<IOException> server, Optional<IOException> client, List<Certificate> seen) {
  private static final int LIMIT_MILLIS = 20_000;

  /** How a connection is to be made. */
  record Setting(
      SSLContext server, boolean needsClient, SSLContext client, String host, String protocol) {}

  boolean done() {
    return server.isEmpty() && client.isEmpty();
  }

  static Handshake of(Setting setting) throws IOException, InterruptedException, TimeoutException {
    try (SSLServerSocket listening =
        (SSLServerSocket)
            setting
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listening.setSoTimeout(LIMIT_MILLIS);
      listening.setNeedClientAuth(setting.needsClient());
      FutureTask<List<Certificate>> serving = new FutureTask<>(() -> serve(listening));
      Thread thread = new Thread(serving, "server");
      thread.setDaemon(true);
      thread.start();
      Optional<IOException> client = connect(setting, listening.getLocalPort());
      try {
        return new Handshake(
            Optional.empty(), client, serving.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failure) {
          return new Handshake(Optional.of(failure), client, List.of());
        }
        throw new AssertionError(e.getCause());
      }
    }
  }

  private static List<Certificate> serve(SSLServerSocket listening) throws IOException {
    try (SSLSocket socket = (SSLSocket) listening.accept()) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.startHandshake();
      socket.getOutputStream().write(1);
      int read = socket.getInputStream().read();
      if (read != 2) {
        throw new IOException("the client sent " + read);
      }
      return socket.getNeedClientAuth()
          ? List.of(socket.getSession().getPeerCertificates())
          : List.of();
    }
  }

  private static Optional<IOException> connect(Setting setting, int port) {
    // The name to be checked is given, never resolved.
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        SSLSocket socket =
            (SSLSocket)
                setting
                    .client()
                    .getSocketFactory()
                    .createSocket(plain, setting.host(), port, true)) {
      socket.setSoTimeout(LIMIT_MILLIS);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(new String[] {setting.protocol()});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      int read = socket.getInputStream().read();
      if (read != 1) {
        throw new IOException("the server sent " + read);
      }
      socket.getOutputStream().write(2);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }
}
