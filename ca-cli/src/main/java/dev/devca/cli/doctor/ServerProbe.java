package dev.devca.cli.doctor;

import dev.devca.ca.CaException;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** One TLS handshake that takes whatever chain the server sends, and sends nothing after it. */
final class ServerProbe {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private ServerProbe() {}

  /**
   * Connects.
   *
   * @throws CaException if there is no TLS server
   */
  static Served ask(Target target) throws CaException {
    Chain chain = new Chain();
    Asked asked = new Asked();
    try (Socket plain = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException(target.host());
      }
      plain.connect(address, (int) LIMIT.toMillis());
      plain.setSoTimeout((int) LIMIT.toMillis());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {asked}, new TrustManager[] {chain}, null);
      try (SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, target.host(), target.port(), false)) {
        if (!target.isAddress()) {
          SSLParameters parameters = socket.getSSLParameters();
          parameters.setServerNames(List.of(new SNIHostName(target.host())));
          socket.setSSLParameters(parameters);
        }
        return shakeHands(socket, target, chain, asked);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    } catch (IOException e) {
      throw unreachable(target, e);
    }
  }

  private static Served shakeHands(SSLSocket socket, Target target, Chain chain, Asked asked)
      throws CaException {
    try {
      socket.startHandshake();
      return new Served(socket.getInetAddress(), chain.sent, true, asked.forCertificate, "");
    } catch (SSLException e) {
      if (chain.sent.isEmpty()) {
        throw noTls(target, e);
      }
      String words = Reasons.of(e);
      // With TLS 1.3 and 1.2 the server signs; a key that is another's makes a signature that is
      // wrong, or of a kind that the certificate cannot have made.
      boolean keyFits = !words.toLowerCase(Locale.ROOT).contains("signature");
      return new Served(socket.getInetAddress(), chain.sent, keyFits, asked.forCertificate, words);
    } catch (IOException e) {
      if (chain.sent.isEmpty()) {
        throw noTls(target, e);
      }
      return new Served(
          socket.getInetAddress(), chain.sent, true, asked.forCertificate, Reasons.of(e));
    }
  }

  private static CaException noTls(Target target, IOException why) {
    if (Reasons.of(why).contains("handshake_failure")) {
      // What nginx with TLS 1.2 says when it was given a root, whose key may sign certificates
      // only.
      return new CaException(
          "cannot see a certificate of "
              + target
              + ": the server has none that it may use, as when it was given the root itself",
          "devca issue " + target.host(),
          why);
    }
    return new CaException(
        "cannot see a certificate of " + target + ": " + Reasons.of(why),
        "check that the port is one of TLS, and read the server's log",
        why);
  }

  private static CaException unreachable(Target target, IOException why) {
    if (why instanceof CaException e) {
      return e;
    }
    String reason = Reasons.of(why);
    String remedy = "start the server, or name another one";
    if (why instanceof UnknownHostException) {
      reason = "the name is not known";
      remedy = "add a line for " + target.host() + " to the hosts file, or ask by an address";
    } else if (why instanceof ConnectException) {
      reason = "nothing listens there";
    } else if (why instanceof SocketTimeoutException) {
      reason = "it does not answer within " + LIMIT.toSeconds() + " s";
    }
    return new CaException("cannot connect to " + target + ": " + reason, remedy, why);
  }

  /** Keeps the chain and checks nothing: no data is ever sent over such a connection. */
  private static final class Chain extends X509ExtendedTrustManager {
    private final List<X509Certificate> sent = new ArrayList<>();

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      sent.addAll(List.of(chain));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new IllegalStateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
      checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Has no certificate, and notes that one was asked for. */
  private static final class Asked extends X509ExtendedKeyManager {
    private boolean forCertificate;

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      forCertificate = true;
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return null;
    }
  }
}
