package dev.devca.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jetty, which also compares the Host header with the certificate. */
@Timeout(60)
@LocalTls
class JettyTest {
  private static final class Hello extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.write(true, ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)), callback);
      return true;
    }
  }

  @Test
  void get_fromJetty_isTrusted(
      @LocalTls.Server SSLContext context, @LocalTls.Client SSLContext client) throws Exception {
    // @start region="jetty"
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(context);
    // @end
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer());
    Server jetty = new Server();
    ServerConnector connector =
        new ServerConnector(
            jetty, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
    connector.setHost("localhost");
    jetty.addConnector(connector);
    jetty.setHandler(new Hello());
    jetty.start();
    try {
      HttpClient java = HttpClient.newBuilder().sslContext(client).build();
      assertThat(Get.text(java, connector.getLocalPort())).isEqualTo("hello");
    } finally {
      jetty.stop();
    }
  }
}
