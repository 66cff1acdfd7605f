package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.Handshake.Setting;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootTrustTest {
  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());
  private final CertificateAuthority other = CertificateAuthority.inMemory(CaOptions.defaults());

  private Handshake connect(CertificateAuthority issuer, SSLContext client, String protocol)
      throws Exception {
    SSLContext server = issuer.issue(LeafRequest.forNames("app.test")).serverContext();
    return Handshake.of(new Setting(server, false, client, "app.test", protocol));
  }

  private static X509Certificate[] chain(IssuedCertificate leaf) {
    return leaf.chain().toArray(X509Certificate[]::new);
  }

  @Test
  void keyStore_ofARoot_holdsItAlone() throws Exception {
    KeyStore store = ca.trust().keyStore();

    assertThat(store.size()).isEqualTo(1);
    assertThat(store.getCertificateAlias(ca.rootCertificate()))
        .isEqualTo("devca-" + ca.fingerprint().shortHex());
  }

  @Test
  void trustManagerFactory_ofARoot_acceptsItsLeavesAlone() throws Exception {
    TrustManagerFactory factory = ca.trust().trustManagerFactory();
    SSLContext client = SSLContext.getInstance("TLS");
    client.init(new KeyManager[0], factory.getTrustManagers(), null);

    assertThat(connect(ca, client, "TLSv1.3").done()).isTrue();
    assertThat(connect(other, client, "TLSv1.3").done()).isFalse();
  }

  @Test
  void keyManagerFactory_ofALeaf_presentsIt() throws Exception {
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("app.test"));
    SSLContext server = SSLContext.getInstance("TLS");
    server.init(leaf.keyManagerFactory().getKeyManagers(), null, null);

    Setting setting = new Setting(server, false, ca.clientContext(), "app.test", "TLSv1.3");

    assertThat(Handshake.of(setting).done()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void besideDefaults_leafOfTheRoot_isTrusted(String protocol) throws Exception {
    SSLContext client = ca.trust().clientContextBesideDefaults();

    assertThat(connect(ca, client, protocol).done()).isTrue();
  }

  @Test
  void besideDefaults_leafOfAnotherRoot_isRefused() throws Exception {
    SSLContext client = ca.trust().clientContextBesideDefaults();

    assertThat(connect(other, client, "TLSv1.3").client()).isPresent();
  }

  @Test
  void besideDefaults_leafOfAnotherName_isRefused() throws Exception {
    SSLContext server = ca.issue(LeafRequest.forNames("other.test")).serverContext();
    SSLContext client = ca.trust().clientContextBesideDefaults();

    Handshake handshake = Handshake.of(new Setting(server, false, client, "app.test", "TLSv1.3"));

    assertThat(handshake.client()).isPresent();
  }

  @Test
  void besideDefaults_issuers_areThoseOfTheJdkAndTheRoot() throws Exception {
    TrustManagerFactory jdk =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    jdk.init((KeyStore) null);
    X509Certificate[] known =
        ((X509ExtendedTrustManager) jdk.getTrustManagers()[0]).getAcceptedIssuers();

    assertThat(known).isNotEmpty();
    assertThat(ca.trust().trustManagerBesideDefaults().getAcceptedIssuers())
        .contains(known)
        .contains(ca.rootCertificate())
        .hasSize(known.length + 1);
  }

  @Test
  void either_whatTheSecondTrusts_isTrusted() throws Exception {
    X509ExtendedTrustManager either =
        new EitherTrustManager(ca.trust().trustManager(), other.trust().trustManager());
    SSLContext client = TlsContexts.of(new KeyManager[0], either);

    assertThat(connect(ca, client, "TLSv1.3").done()).isTrue();
    assertThat(connect(other, client, "TLSv1.3").done()).isTrue();
  }

  @Test
  void either_whatNoneTrusts_isRefusedForBothReasons() throws Exception {
    CertificateAuthority third = CertificateAuthority.inMemory(CaOptions.defaults());
    X509ExtendedTrustManager either =
        new EitherTrustManager(ca.trust().trustManager(), other.trust().trustManager());
    X509Certificate[] chain = chain(third.issue(LeafRequest.forNames("app.test")));

    assertThatThrownBy(() -> either.checkServerTrusted(chain, "UNKNOWN"))
        .isInstanceOf(CertificateException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }

  @Test
  void either_clients_areJudgedAsClients() throws Exception {
    X509ExtendedTrustManager either =
        new EitherTrustManager(ca.trust().trustManager(), other.trust().trustManager());
    IssuedCertificate client = other.issue(LeafRequest.forNames("app.test").forClientAuth());
    IssuedCertificate server = other.issue(LeafRequest.forNames("app.test"));

    either.checkClientTrusted(chain(client), "EC");
    X509Certificate[] refused = chain(server);
    assertThatThrownBy(() -> either.checkClientTrusted(refused, "EC"))
        .isInstanceOf(CertificateException.class);
  }
}
