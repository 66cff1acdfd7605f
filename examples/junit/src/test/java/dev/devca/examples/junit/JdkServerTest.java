package dev.devca.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JDK's own server and client. */
@Timeout(60)
// @start region="test"
@LocalTls("localhost")
class JdkServerTest {
  @Test
  void get_fromHttpsServer_isTrusted(
      @LocalTls.Server SSLContext server, @LocalTls.Client SSLContext client) throws Exception {
    HttpsServer https = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(server));
    // @end
    start(https);
    try {
      assertThat(get(https, HttpClient.newBuilder().sslContext(client).build())).isEqualTo("hello");
    } finally {
      https.stop(0);
    }
  }

  @Test
  void get_byClientWithTheJdksRoots_isRefused(@LocalTls.Server SSLContext server) throws Exception {
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(server));
    start(https);
    try {
      assertThatThrownBy(() -> get(https, HttpClient.newHttpClient()))
          .isInstanceOf(SSLHandshakeException.class);
    } finally {
      https.stop(0);
    }
  }

  private static void start(HttpsServer https) {
    https.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var body = exchange.getResponseBody()) {
            body.write("hello".getBytes(StandardCharsets.US_ASCII));
          }
        });
    https.start();
  }

  private static String get(HttpsServer https, HttpClient client) throws Exception {
    return Get.text(client, https.getAddress().getPort());
  }
}
