package dev.devca.truststore;

import dev.devca.ca.CaException;
import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.KeyType;
import dev.devca.ca.LeafRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Uses both libraries as a tool would: what {@link TraceProbe} looks for the traces of. */
public final class WholeLibrary implements Runnable {
  private final Path work = Path.of(System.getProperty("work"));

  @Override
  public void run() {
    try {
      CertificateAuthority ca = keepCa();
      for (KeyType type : List.of(KeyType.P256, KeyType.P384, KeyType.ED25519, KeyType.RSA2048)) {
        issue(CertificateAuthority.inMemory(CaOptions.defaults().withKeyType(type)), type);
      }
      issue(ca, KeyType.P256);
      refuse(ca);
      trust(ca);
      ca.delete();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private CertificateAuthority keepCa() throws IOException {
    Path folder = work.resolve("ca");
    CertificateAuthority made = CertificateAuthority.openOrCreate(folder);
    made.key().setPassphrase("secret".toCharArray());
    CertificateAuthority open =
        CertificateAuthority.open(folder).key().unlock("secret".toCharArray());
    open.key().removePassphrase();
    return open;
  }

  private void issue(CertificateAuthority ca, KeyType type) throws Exception {
    LeafRequest request =
        LeafRequest.forNames("localhost", "127.0.0.1", "::1", "*.bücher.test", "me@app.test")
            .withKeyType(type)
            .forServerAndClientAuth();
    IssuedCertificate leaf = ca.issue(request);
    leaf.writePem(work.resolve("leaf.pem"), work.resolve("leaf-key.pem"));
    leaf.toKeyStore("leaf", "changeit".toCharArray());
    handshake(leaf.serverContext(), leaf.clientContext());
    handshake(leaf.serverContext(), ca.clientContext());
  }

  private static void handshake(SSLContext server, SSLContext client) throws Exception {
    try (SSLServerSocket listening =
        (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0)) {
      Thread answering = new Thread(() -> answer(listening));
      answering.start();
      try (SSLSocket socket =
          (SSLSocket)
              client.getSocketFactory().createSocket("localhost", listening.getLocalPort())) {
        socket.setSoTimeout(30_000);
        check(socket.getInputStream().read() == 'x', "the server's byte arrives");
      }
      answering.join();
    }
  }

  private static void answer(SSLServerSocket listening) {
    try (SSLSocket socket = (SSLSocket) listening.accept()) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write('x');
    } catch (IOException e) {
      // The client says it.
      return;
    }
  }

  private void refuse(CertificateAuthority ca) throws GeneralSecurityException {
    try {
      ca.issue(LeafRequest.forNames("not a name"));
      check(false, "a bad name is refused");
    } catch (IllegalArgumentException | CaException e) {
      check(!e.getMessage().isEmpty(), "the refusal says why");
    }
  }

  private void trust(CertificateAuthority ca) throws IOException {
    Path home = Files.createDirectories(work.resolve("home"));
    Path jdk = work.resolve("jdk");
    Path cacerts = jdk.resolve("lib/security/cacerts");
    Files.createDirectories(cacerts.getParent());
    Files.createDirectories(jdk.resolve("bin"));
    Files.createFile(jdk.resolve("bin/java"));
    Files.copy(Path.of(System.getProperty("java.home"), "lib/security/cacerts"), cacerts);
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("XDG_"));
    environment.put("HOME", home.toString());
    environment.put("JAVA_HOME", jdk.toString());
    Host host =
        Host.current(environment, Elevation.none()).withStateDirectory(work.resolve("state"));
    TrustStores stores = TrustStores.on(host).only("node", "java:" + cacerts);
    check(stores.stores().size() == 2, "both stores are found");
    stores.status(ca.rootCertificate());
    all(stores.install(ca.rootCertificate()), TrustResult.Kind.TRUSTED);
    all(stores.status(ca.rootCertificate()), TrustResult.Kind.TRUSTED);
    all(stores.uninstall(ca.rootCertificate()), TrustResult.Kind.NOT_TRUSTED);
    // Runs a program, as the stores of other systems do.
    check(
        host.commands().run(CommandRunner.Command.of("/bin/true")).exitCode() == 0,
        "a program runs");
  }

  private static void all(List<Outcome> outcomes, TrustResult.Kind kind) {
    check(outcomes.stream().allMatch(o -> o.result().kind() == kind), outcomes.toString());
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }
}
