package dev.devca.truststore;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A server that answers each request on localhost with an empty page. */
final class TlsServer implements AutoCloseable {
  private static final byte[] PAGE =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int LIMIT_MILLIS = 30_000;

  private final SSLServerSocket socket;

  private TlsServer(SSLServerSocket socket) {
    this.socket = socket;
  }

  static TlsServer start(SSLContext context) throws IOException {
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    TlsServer server = new TlsServer(socket);
    Thread thread = new Thread(server::serve, "tls-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        client.setSoTimeout(LIMIT_MILLIS);
        String request = "";
        while (!request.endsWith("\r\n\r\n")) {
          int next = client.getInputStream().read();
          if (next < 0) {
            break;
          }
          request += (char) next;
        }
        client.getOutputStream().write(PAGE);
        client.getOutputStream().flush();
      } catch (IOException e) {
        // A client that refuses the certificate is one of the things that are tested.
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
