package dev.devca.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.CaException;
import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServerProbeTest {
  private static final CertificateAuthority CA =
      CertificateAuthority.inMemory(CaOptions.defaults());

  private static IssuedCertificate leaf() throws IOException {
    return CA.issue(LeafRequest.forNames("localhost"));
  }

  /** Answers one connection, as the test says. */
  private interface Server {
    void serve(Socket socket) throws IOException;
  }

  private static Served ask(ServerSocket listening, Server server) throws Exception {
    AtomicReference<Throwable> defect = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = listening.accept()) {
                server.serve(socket);
              } catch (IOException endOfConnection) {
                // The client's side is what is looked at.
              } catch (RuntimeException e) {
                defect.set(e);
              }
            });
    thread.start();
    try (listening) {
      return ServerProbe.ask(Target.of("localhost", listening.getLocalPort(), "/"));
    } finally {
      thread.join(10_000);
      assertThat(defect.get()).isNull();
    }
  }

  private static ServerSocket plain() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static SSLServerSocket tls(SSLContext context) throws IOException {
    return (SSLServerSocket)
        context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static void shakeHands(Socket socket) throws IOException {
    ((SSLSocket) socket).startHandshake();
    assertThat(socket.getInputStream().read()).isNegative();
  }

  @Test
  void ask_server_showsItsChain() throws Exception {
    IssuedCertificate leaf = leaf();

    Served served = ask(tls(leaf.serverContext()), ServerProbeTest::shakeHands);

    InetAddress here = served.address();
    assertThat(here.isLoopbackAddress()).isTrue();
    assertThat(served).isEqualTo(new Served(here, leaf.chain(), true, false, ""));
  }

  @Test
  void ask_serverThatWantsACertificate_isNoted() throws Exception {
    SSLServerSocket socket = tls(leaf().serverContext());
    socket.setNeedClientAuth(true);

    assertThat(ask(socket, ServerProbeTest::shakeHands).wantsClientCertificate()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void ask_serverWithAnothersKey_doesNotFit(String version) throws Exception {
    IssuedCertificate leaf = leaf();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "x", leaf().privateKey(), new char[0], leaf.chain().toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    SSLServerSocket socket = tls(context);
    socket.setEnabledProtocols(new String[] {version});

    Served served = ask(socket, ServerProbeTest::shakeHands);

    assertThat(served.chain()).isEqualTo(leaf.chain());
    assertThat(served.keyFits()).as(served.trouble()).isFalse();
  }

  @Test
  void ask_serverWithoutTls_saysThatThereIsNoCertificate() {
    assertThatThrownBy(
            () ->
                ask(
                    plain(),
                    socket ->
                        socket
                            .getOutputStream()
                            .write("HTTP/1.0 400\r\n\r\n".getBytes(StandardCharsets.US_ASCII))))
        .isInstanceOf(CaException.class)
        .hasMessageStartingWith("cannot see a certificate of https://localhost:");
  }

  @Test
  void ask_nobodyThere_saysSo() throws Exception {
    int free;
    try (ServerSocket socket = plain()) {
      free = socket.getLocalPort();
    }

    assertThatThrownBy(() -> ServerProbe.ask(Target.of("127.0.0.1", free, "/")))
        .isInstanceOf(CaException.class)
        .hasMessageEndingWith(": nothing listens there");
  }
}
