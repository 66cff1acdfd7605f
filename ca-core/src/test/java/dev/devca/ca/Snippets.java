package dev.devca.ca;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** The examples of the Javadoc, JEP 413: {@link SnippetsTest} runs each. */
final class Snippets {
  private Snippets() {}

  static void authority(Path directory) throws IOException {
    // @start region="authority"
    CertificateAuthority ca = CertificateAuthority.openOrCreate(directory);
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("localhost", "127.0.0.1"));
    leaf.writePem(directory.resolve("localhost.pem"), directory.resolve("localhost-key.pem"));
    // @end
  }

  static SSLContext memory() throws IOException {
    // @start region="memory"
    CaOptions options =
        CaOptions.defaults().withCommonName("Tests of the shop").withValidity(Duration.ofDays(1));
    CertificateAuthority ca = CertificateAuthority.inMemory(options);
    SSLContext server = ca.issue(LeafRequest.forNames("localhost")).serverContext();
    SSLContext client = ca.clientContext();
    // @end
    return server == client ? null : server;
  }

  static void batch(CertificateAuthority ca, List<String> hosts, Path folder) throws IOException {
    // @start region="batch"
    LeafBatch batch = ca.batch();
    for (String host : hosts) {
      IssuedCertificate leaf = batch.issue(LeafRequest.forNames(host));
      leaf.writePem(folder.resolve(host + ".pem"), folder.resolve(host + "-key.pem"));
    }
    // @end
  }

  static LeafRequest request() {
    // @start region="request"
    LeafRequest request =
        LeafRequest.forNames("shop.test", "*.shop.test", "10.0.0.7", "bücher.test")
            .withValidity(Duration.ofDays(90))
            .withKeyType(KeyType.RSA2048)
            .forServerAndClientAuth();
    // @end
    return request;
  }

  static List<String> names(LeafRequest request) {
    // @start region="names"
    List<String> hosts =
        request.names().stream()
            .filter(SubjectAltName.DnsName.class::isInstance)
            .map(SubjectAltName::value)
            .toList();
    // @end
    return hosts;
  }

  static void issued(IssuedCertificate leaf, Path folder) throws IOException {
    // @start region="issued"
    leaf.writePem(folder.resolve("server.pem"), folder.resolve("server-key.pem"));
    KeyStore memory = leaf.toKeyStore("server", "changeit".toCharArray());
    String certificate = leaf.chainPem();
    // @end
    if (memory == null || certificate.isEmpty()) {
      throw new IOException("nothing was issued");
    }
  }

  static byte[] keyStore(IssuedCertificate leaf) {
    // @start region="format"
    byte[] p12 = leaf.keyStoreFile(KeyStoreFormat.PKCS12, "server", "changeit".toCharArray());
    // @end
    return p12;
  }

  static HttpClient trust(CertificateAuthority ca) {
    // @start region="trust"
    HttpClient local = HttpClient.newBuilder().sslContext(ca.trust().clientContext()).build();
    HttpClient any =
        HttpClient.newBuilder().sslContext(ca.trust().clientContextBesideDefaults()).build();
    TrustManager[] forOtherApis = {ca.trust().trustManagerBesideDefaults()};
    // @end
    return forOtherApis.length == 1 && local != any ? any : local;
  }

  static String failure(CertificateAuthority ca, LeafRequest request) {
    // @start region="failure"
    try {
      return "issued until " + ca.issue(request).notAfter();
    } catch (CaException e) {
      return e.getMessage() + ". To mend it: " + e.remedy();
    }
    // @end
  }

  static Path location() {
    // @start region="location"
    Path folder = CaLocation.current().orElse(Path.of("target", "ca"));
    // @end
    return folder;
  }

  static String fingerprint(X509Certificate root) {
    // @start region="fingerprint"
    String fileName = "devca-" + Fingerprint.of(root).shortHex() + ".pem";
    // @end
    return fileName;
  }

  static List<X509Certificate> pem(CertificateAuthority ca, Path file) throws IOException {
    // @start region="pem"
    Files.writeString(file, Pem.encode(ca.rootCertificate()));
    List<X509Certificate> read = Pem.certificates(Files.readString(file));
    // @end
    return read;
  }

  static boolean own(CertificateAuthority ca, Path chain, Path key) {
    // @start region="own"
    boolean mayBeReplaced = ca.ownFiles().isPair(chain, key);
    // @end
    return mayBeReplaced;
  }

  static CertificateAuthority imported(Path directory, Path certificate, Path key)
      throws IOException {
    // @start region="import"
    CertificateAuthority ca =
        CaImport.into(
            directory,
            certificate,
            Optional.of(key),
            () -> {
              throw new IOException("the key has a passphrase");
            });
    // @end
    return ca;
  }

  static void rotate(Path folder) throws IOException {
    // @start region="rotation"
    try (CaRotation rotation = CaRotation.of(folder)) {
      rotation.begin(CaOptions.like(CertificateAuthority.open(folder)), Optional.empty());
      // Here every store gets rotation.next().rootCertificate() beside the old one; then:
      rotation.switchOver();
      // Here leaves are issued anew, and the old root goes out of the stores; at last:
      rotation.end();
    }
    // @end
  }

  static void profile(CertificateAuthority ca, Path file) throws IOException {
    // @start region="profile"
    Files.writeString(file, MobileConfig.of(ca.rootCertificate()));
    // @end
  }
}
