package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Handshake.Setting;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());
  private final CertificateAuthority other = CertificateAuthority.inMemory(CaOptions.defaults());

  private static Handshake connect(SSLContext server, SSLContext client, String host)
      throws Exception {
    return Handshake.of(new Setting(server, false, client, host, "TLSv1.3"));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost",
    "127.0.0.1, 127.0.0.1",
    "172.16.99.32, 172.16.99.32",
    "::1, ::1",
    "2001:db8::7, 2001:db8:0:0:0:0:0:7",
    "app.test, app.test",
    "app.test, APP.test",
    "*.app.test, a.app.test",
  })
  void serverContext_nameOfTheLeaf_isTrusted(String name, String host) throws Exception {
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("first.test", name));

    Handshake handshake = connect(leaf.serverContext(), ca.clientContext(), host);

    assertThat(handshake.client()).isEmpty();
    assertThat(handshake.done()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "app.test, other.test",
    "app.test, a.app.test",
    "127.0.0.1, 127.0.0.2",
    "127.0.0.1, localhost",
    "::1, ::2",
    "*.app.test, app.test",
    "*.app.test, b.a.app.test",
  })
  void serverContext_anotherName_isRefused(String name, String host) throws Exception {
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames(name));

    Handshake handshake = connect(leaf.serverContext(), ca.clientContext(), host);

    assertThat(handshake.client().orElseThrow())
        .hasMessageMatching(".*No (name|subject alternative).* matching .* found.*");
    assertThat(handshake.server()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "P384", "ED25519", "RSA2048"})
  void serverContext_eachKindOfKey_isTrusted(KeyType type) throws Exception {
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("app.test").withKeyType(type));

    assertThat(connect(leaf.serverContext(), ca.clientContext(), "app.test").done()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "RSA2048"})
  void serverContext_tls12_isTrusted(KeyType type) throws Exception {
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("app.test").withKeyType(type));

    Setting setting =
        new Setting(leaf.serverContext(), false, ca.clientContext(), "app.test", "TLSv1.2");

    assertThat(Handshake.of(setting).done()).isTrue();
  }

  @Test
  void clientContext_serverOfAnotherCa_isRefused() throws Exception {
    IssuedCertificate leaf = other.issue(LeafRequest.forNames("app.test"));

    Handshake handshake = connect(leaf.serverContext(), ca.clientContext(), "app.test");

    assertThat(handshake.client().orElseThrow()).hasMessageContaining("PKIX path");
  }

  @Test
  void clientContext_leafThatHasExpired_isRefused() throws Exception {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    IssuedCertificate leaf =
        ca.issue(
            LeafRequest.forNames("app.test")
                .withValidity(yesterday.minus(Duration.ofDays(1)), yesterday));

    Handshake handshake = connect(leaf.serverContext(), ca.clientContext(), "app.test");

    assertThat(handshake.client().orElseThrow()).hasMessageContaining("PKIX path");
  }

  @Test
  void clientContext_leafForClientsAlone_isRefusedAsAServer() throws Exception {
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("app.test").forClientAuth());

    Handshake handshake = connect(leaf.serverContext(), ca.clientContext(), "app.test");

    assertThat(handshake.client().orElseThrow()).hasMessageContaining("Extended key usage");
  }

  private Handshake connectAs(SSLContext client, String protocol) throws Exception {
    SSLContext server = ca.issue(LeafRequest.forNames("app.test")).serverContext();
    return Handshake.of(new Setting(server, true, client, "app.test", protocol));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void serverContext_clientOfThisCa_isAccepted(String protocol) throws Exception {
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("zoe.test").forClientAuth());

    Handshake handshake = connectAs(leaf.clientContext(), protocol);

    assertThat(handshake.done()).isTrue();
    assertThat(handshake.seen()).isEqualTo(leaf.chain());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void serverContext_clientOfAnotherCa_isRefused(String protocol) throws Exception {
    IssuedCertificate leaf = other.issue(LeafRequest.forNames("zoe.test").forClientAuth());

    Handshake handshake = connectAs(PresentAlways.context(leaf, ca.rootCertificate()), protocol);

    assertThat(handshake.server().orElseThrow()).hasMessageContaining("PKIX path");
    assertThat(handshake.client()).isPresent();
  }

  @Test
  void serverContext_clientWithALeafForServers_isRefused() throws Exception {
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("zoe.test"));

    Handshake handshake = connectAs(PresentAlways.context(leaf, ca.rootCertificate()), "TLSv1.3");

    assertThat(handshake.server().orElseThrow()).hasMessageContaining("Extended key usage");
  }

  @Test
  void serverContext_clientWithoutALeaf_isRefused() throws Exception {
    Handshake handshake = connectAs(ca.clientContext(), "TLSv1.3");

    assertThat(handshake.server().orElseThrow()).hasMessageContaining("Empty client certificate");
    assertThat(handshake.client()).isPresent();
  }
}
