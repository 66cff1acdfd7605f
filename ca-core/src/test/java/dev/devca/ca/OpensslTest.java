package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenSSL and GnuTLS say of roots, leaves and keys. */
class OpensslTest {
  @TempDir private Path folder;

  private Path root;
  private Path leaf;
  private Path key;

  private void issue(CertificateAuthority ca, LeafRequest request) throws Exception {
    root = folder.resolve("root.pem");
    leaf = folder.resolve("leaf.pem");
    key = folder.resolve("leaf-key.pem");
    Files.writeString(root, Pem.encode(ca.rootCertificate()));
    ca.issue(request).writePem(leaf, key);
  }

  private static CertificateAuthority ca(KeyType type) {
    return CertificateAuthority.inMemory(CaOptions.defaults().withKeyType(type));
  }

  private Tool.Result verify(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("verify", "-x509_strict"));
    arguments.addAll(List.of(options));
    // Only our root: the machine's own store may hold whatever it likes.
    arguments.addAll(
        List.of("-no-CApath", "-no-CAstore", "-CAfile", root.toString(), leaf.toString()));
    return Tool.OPENSSL.attempt(arguments.toArray(String[]::new));
  }

  private void assertVerifies(String... options) throws Exception {
    assertThat(verify(options)).isEqualTo(new Tool.Result(0, leaf + ": OK\n"));
  }

  private void assertRefused(String why, String... options) throws Exception {
    Tool.Result result = verify(options);

    assertThat(result.code()).isNotZero();
    assertThat(result.output()).contains(why);
  }

  private void assertIsServerFor(String name) throws Exception {
    boolean address = name.matches("[0-9.]+|.*:.*");
    assertVerifies("-purpose", "sslserver", address ? "-verify_ip" : "-verify_hostname", name);
    assertThat(
            Tool.CERTTOOL.run(
                "--verify",
                "--load-ca-certificate=" + root,
                "--infile=" + leaf,
                "--verify-hostname=" + name,
                "--verify-purpose=1.3.6.1.5.5.7.3.1"))
        .contains("The certificate is trusted");
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void issue_eachKindOfKey_verifiesAndKeyMatches(KeyType type) throws Exception {
    issue(ca(KeyType.P256), LeafRequest.forNames("app.test").withKeyType(type));

    assertIsServerFor("app.test");
    assertThat(Tool.OPENSSL.run("pkey", "-in", key.toString(), "-pubout"))
        .isEqualTo(Tool.OPENSSL.run("x509", "-in", leaf.toString(), "-noout", "-pubkey"));
    Tool.OPENSSL.run("pkey", "-in", key.toString(), "-noout", "-check");
    Tool.CERTTOOL.run("--key-info", "--infile=" + key);
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "P384", "ED25519", "RSA2048"})
  void issue_eachKindOfKeyOfTheRoot_verifies(KeyType type) throws Exception {
    issue(ca(type), LeafRequest.forNames("app.test"));

    assertIsServerFor("app.test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.test",
        "localhost",
        "172.16.99.32",
        "127.0.0.1",
        "::1",
        "2001:db8::7",
        // too long for a common name: no subject, and critical names
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.app.test"
      })
  void issue_oneName_isAServerForItAndNoOther(String name) throws Exception {
    issue(ca(KeyType.P256), LeafRequest.forNames(name));

    assertIsServerFor(name);
    assertRefused("hostname mismatch", "-verify_hostname", "other.test");
    assertRefused("IP address mismatch", "-verify_ip", "172.16.99.33");
  }

  @Test
  void issue_wildcard_isForOneLabel() throws Exception {
    issue(ca(KeyType.P256), LeafRequest.forNames("*.app.test"));

    assertIsServerFor("a.app.test");
    assertRefused("hostname mismatch", "-verify_hostname", "app.test");
    assertRefused("hostname mismatch", "-verify_hostname", "b.a.app.test");
  }

  @Test
  void issue_mixture_isAServerForEach() throws Exception {
    issue(
        ca(KeyType.P256),
        LeafRequest.forNames("172.16.99.32", "localhost", "*.app.test", "::1", "app.test"));

    for (String name : List.of("172.16.99.32", "localhost", "a.app.test", "::1", "app.test")) {
      assertIsServerFor(name);
    }
  }

  @Test
  void issue_forClients_isForClientsAlone() throws Exception {
    issue(ca(KeyType.P256), LeafRequest.forNames("zoe.test").forClientAuth());

    assertVerifies("-purpose", "sslclient");
    assertRefused("purpose", "-purpose", "sslserver");
  }

  @Test
  void issue_forServers_isNotForClients() throws Exception {
    issue(ca(KeyType.P256), LeafRequest.forNames("app.test"));

    assertRefused("purpose", "-purpose", "sslclient");
  }

  @Test
  void issue_forBoth_isForBoth() throws Exception {
    issue(ca(KeyType.P256), LeafRequest.forNames("app.test").forServerAndClientAuth());

    assertVerifies("-purpose", "sslclient");
    assertVerifies("-purpose", "sslserver");
  }

  @Test
  void issue_byAnotherCa_isRefused() throws Exception {
    issue(ca(KeyType.P256), LeafRequest.forNames("app.test"));
    Files.writeString(root, Pem.encode(ca(KeyType.P256).rootCertificate()));

    assertRefused("unable to get local issuer certificate", "-purpose", "sslserver");
  }

  @Test
  void writePem_oneFile_isReadByOpensslForBoth() throws Exception {
    issue(ca(KeyType.P256), LeafRequest.forNames("app.test"));
    Path both = folder.resolve("both.pem");
    Files.writeString(both, Files.readString(leaf) + Files.readString(key));

    assertThat(Tool.OPENSSL.run("pkey", "-in", both.toString(), "-pubout"))
        .isEqualTo(Tool.OPENSSL.run("x509", "-in", both.toString(), "-noout", "-pubkey"));
  }

  @Test
  void openOrCreate_keyConvertedAsTheRemedySays_isOurs() throws Exception {
    Path ca = folder.resolve("devca");
    Fingerprint fingerprint = CertificateAuthority.openOrCreate(ca).fingerprint();
    String caKey = ca.resolve("rootCA-key.pem").toString();
    Tool.OPENSSL.run("ec", "-in", caKey, "-out", caKey);
    assertThat(ca.resolve("rootCA-key.pem")).content().contains("EC PRIVATE KEY");

    // Into another file: OpenSSL empties the output before it reads the input.
    String converted = ca.resolve("new.pem").toString();
    Tool.OPENSSL.run("pkey", "-in", caKey, "-out", converted);
    Files.move(Path.of(converted), Path.of(caKey), StandardCopyOption.REPLACE_EXISTING);

    assertThat(CertificateAuthority.open(ca).fingerprint()).isEqualTo(fingerprint);
  }
}
