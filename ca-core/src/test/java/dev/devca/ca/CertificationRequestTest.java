package dev.devca.ca;

import static dev.devca.ca.CertificateAssertions.altNames;
import static dev.devca.ca.CertificateAssertions.assertIsServerLeaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as the real OpenSSL and keytool make them, harmless and not. */
class CertificationRequestTest {
  private static final String P256 = "ec -pkeyopt ec_paramgen_curve:P-256";

  @TempDir private Path folder;
  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());

  /** A request by OpenSSL for a key of this algorithm, a subject and lines of extensions. */
  private byte[] request(String algorithm, String subject, String... extensions) throws Exception {
    Path key = folder.resolve("key.pem");
    Path file = folder.resolve("request.pem");
    Path config = folder.resolve("config");
    String[] generate = ("genpkey -out " + key + " -algorithm " + algorithm).split(" ");
    Tool.OPENSSL.run(generate);
    Files.writeString(
        config,
        "[req]\ndistinguished_name=dn\nreq_extensions=ext\n[dn]\n[ext]\n"
            + (extensions.length == 0 ? "subjectKeyIdentifier=hash" : String.join("\n", extensions))
            + "\n");
    Tool.OPENSSL.run(
        "req",
        "-new",
        "-utf8",
        "-config",
        "" + config,
        "-key",
        "" + key,
        "-subj",
        subject,
        "-out",
        "" + file);
    return Files.readAllBytes(file);
  }

  private X509Certificate leaf(byte[] request) throws Exception {
    CertificationRequest read = CertificationRequest.read(request);
    return ca.sign(read, read.leafRequest()).chain().get(0);
  }

  private static byte[] der(byte[] pem) throws Exception {
    return Pem.blocks(new String(pem, StandardCharsets.US_ASCII)).get(0).der();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        P256,
        "ec -pkeyopt ec_paramgen_curve:P-384",
        "ec -pkeyopt ec_paramgen_curve:P-521",
        "rsa -pkeyopt rsa_keygen_bits:2048",
        "ed25519",
        "ed448",
      })
  void sign_eachKindOfKey_isALeafForThatKey(String algorithm) throws Exception {
    byte[] request = request(algorithm, "/CN=app.test", "subjectAltName=DNS:app.test,IP:10.0.0.1");

    X509Certificate leaf = leaf(request);

    assertIsServerLeaf(leaf, ca.rootCertificate(), "dns:app.test", "ip:10.0.0.1");
    assertThat(leaf(der(request)).getPublicKey()).isEqualTo(leaf.getPublicKey());
    Path file = Files.writeString(folder.resolve("leaf.pem"), Pem.encode(leaf));
    assertThat(Tool.OPENSSL.run("x509", "-in", "" + file, "-noout", "-pubkey"))
        .isEqualTo(Tool.OPENSSL.run("pkey", "-in", "" + folder.resolve("key.pem"), "-pubout"));
  }

  @Test
  void read_pemOfKeytool_isRead() throws Exception {
    Path keytool = Jdks.home(17).resolve("bin/keytool");
    String store = folder.resolve("store.p12").toString();
    String file = folder.resolve("request.pem").toString();
    Tool.run(
        keytool,
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=x",
        "-keystore",
        store,
        "-storepass",
        "geheim");
    Tool.run(
        keytool,
        "-certreq",
        "-alias",
        "a",
        "-ext",
        "san=dns:app.test",
        "-keystore",
        store,
        "-storepass",
        "geheim",
        "-file",
        file);

    byte[] request = Files.readAllBytes(Path.of(file));
    assertThat(new String(request, StandardCharsets.US_ASCII)).contains("NEW CERTIFICATE REQUEST");
    assertIsServerLeaf(leaf(request), ca.rootCertificate(), "dns:app.test");
  }

  @Test
  void sign_requestToBeACa_isAPlainLeafAndSaysSo() throws Exception {
    byte[] request =
        request(
            P256,
            "/O=Evil/OU=Corp/CN=app.test",
            "basicConstraints=critical,CA:TRUE",
            "keyUsage=critical,keyCertSign,cRLSign",
            "extendedKeyUsage=serverAuth,codeSigning",
            "nsComment=hello",
            "certificatePolicies=1.2.3.4",
            "subjectAltName=DNS:app.test");

    X509Certificate leaf = leaf(request);

    assertIsServerLeaf(leaf, ca.rootCertificate(), "dns:app.test");
    assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=app.test");
    assertThat(CertificationRequest.read(request).notes())
        .containsExactly(
            "Of the request's subject only the common name is used",
            "The request asks for more, which is left out: that it is a CA, signing certificates,"
                + " the extension 2.16.840.1.113730.1.13, the extension 2.5.29.32,"
                + " the purpose 1.3.6.1.5.5.7.3.3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /CN=app.test   |                               | CN=app.test   | dns:app.test
          /CN=10.0.0.1   |                               | CN=10.0.0.1   | ip:10.0.0.1
          /CN=App.Test   |                               | CN=app.test   | dns:app.test
          /CN=b.test     | DNS:a.test,DNS:B.test         | CN=b.test     | dns:a.test dns:b.test
          /CN=other.test | DNS:a.test                    | CN=a.test     | dns:a.test
          /              | URI:https://a.test/x          | ''            | uri:https://a.test/x
          /              | URI:spiffe://td/web           | ''            | uri:spiffe://td/web
          /              | email:alice@a.test            | CN=alice@a.test | email:alice@a.test
          /              | IP:2001:db8::1,IP:1.2.3.4     | CN=2001:db8::1 | ip:2001:db8:0:0:0:0:0:1 ip:1.2.3.4
          /              | DNS:a.test,otherName:1.2.3;UTF8:x | CN=a.test | dns:a.test
          """)
  void leafRequest_namesAskedFor_areThose(
      String subject, String names, String expectedSubject, String expectedNames) throws Exception {
    byte[] request =
        names == null ? request(P256, subject) : request(P256, subject, "subjectAltName=" + names);

    X509Certificate leaf = leaf(request);

    assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo(expectedSubject);
    assertThat(altNames(leaf)).containsExactly(expectedNames.split(" "));
  }

  @Test
  void leafRequest_commonNameThatIsNoName_isLeftOutAndSaid() throws Exception {
    byte[] request = request(P256, "/CN=other.test", "subjectAltName=DNS:a.test");

    assertThat(CertificationRequest.read(request).leafRequest().notes())
        .containsExactly(
            "The common name \"other.test\" of the request is left out: it is none of its names");
  }

  @Test
  void leafRequest_clientKnownByItsCommonName_isThatClient() throws Exception {
    byte[] request = request(P256, "/CN=Zoë Müller", "extendedKeyUsage=clientAuth");

    X509Certificate leaf = leaf(request);

    assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=Zoë Müller");
    assertThat(leaf.getSubjectAlternativeNames()).isNull();
    assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
  }

  @Test
  void forAuth_otherThanAsked_decides() throws Exception {
    CertificationRequest request =
        CertificationRequest.read(request(P256, "/CN=app.test", "extendedKeyUsage=clientAuth"));

    assertThat(ca.sign(request, request.forServerAuth().leafRequest()).chain().get(0))
        .satisfies(c -> assertThat(c.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1"));
    assertThat(ca.sign(request, request.forServerAndClientAuth().leafRequest()).chain().get(0))
        .satisfies(c -> assertThat(c.getExtendedKeyUsage()).hasSize(2));
    assertThat(request.forServerAuth().forClientAuth().isForServers()).isFalse();
  }

  @Test
  void sign_ownNames_replaceThoseOfTheRequest() throws Exception {
    CertificationRequest request =
        CertificationRequest.read(request(P256, "/CN=evil.test", "subjectAltName=DNS:../evil"));

    X509Certificate leaf = ca.sign(request, LeafRequest.forNames("app.test")).chain().get(0);

    assertIsServerLeaf(leaf, ca.rootCertificate(), "dns:app.test");
    assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=app.test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /CN=           |                        | it names nothing
          /O=x           |                        | it names nothing
          /CN=foo bar    |                        | cannot use the name "foo bar": it holds a space
          /CN=a.test     | DNS:../evil            | cannot use the name "../evil"
          /CN=a.test     | DNS:https\\://b.test   | cannot use the name
          /CN=a.test     | DNS:*.com              | cannot use the name "*.com"
          /CN=a.test     | DNS:x@b.test           | cannot use the name "x@b.test": it is not of the kind that the request says
          /CN=a.test     | DNS:b..test            | cannot use the name "b..test"
          /CN=a.test     | URI:b.test             | cannot use the name "b.test": it is no URI
          /CN=a.test     | email:b.test           | cannot use the name "b.test": it is not of the kind that the request says
          """)
  void leafRequest_namesThatNoCertificateHas_areRefused(String subject, String names, String why)
      throws Exception {
    byte[] request =
        names == null ? request(P256, subject) : request(P256, subject, "subjectAltName=" + names);
    CertificationRequest read = CertificationRequest.read(request);

    assertThatThrownBy(read::leafRequest)
        .isInstanceOf(CaException.class)
        .hasMessageStartingWith("cannot sign the certification request: ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rsa -pkeyopt rsa_keygen_bits:1024              | an RSA key of 1024 bits is too weak
          rsa -pkeyopt rsa_keygen_bits:512               | an RSA key of 512 bits is too weak
          ec -pkeyopt ec_paramgen_curve:secp256k1        | its curve is none of P-256, P-384 and P-521
          ec -pkeyopt ec_paramgen_curve:P-224            | its curve is none of P-256, P-384 and P-521
          ec -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit | its curve is none of
          """)
  void read_weakOrOddKey_isRefused(String algorithm, String why) throws Exception {
    byte[] request = request(algorithm, "/CN=app.test");

    assertThatThrownBy(() -> CertificationRequest.read(request))
        .isInstanceOf(CaException.class)
        .hasMessageStartingWith("cannot sign the certification request: " + why);
  }

  @Test
  void read_changedAfterSigning_isRefused() throws Exception {
    byte[] der = der(request(P256, "/CN=app.test"));
    int at = new String(der, StandardCharsets.ISO_8859_1).indexOf("app.test");
    der[at] = 'b';

    assertThatThrownBy(() -> CertificationRequest.read(der))
        .hasMessage(
            "cannot sign the certification request:"
                + " its signature is not of its key, or it was changed");
  }

  @Test
  void read_otherThings_areRefusedInOneLine() throws Exception {
    String leaf = ca.issue(LeafRequest.forNames("app.test")).chainPem();
    byte[] good = request(P256, "/CN=app.test");
    List<byte[]> others =
        List.of(
            new byte[0],
            "garbage".getBytes(StandardCharsets.US_ASCII),
            leaf.getBytes(StandardCharsets.US_ASCII),
            new String(good, StandardCharsets.US_ASCII)
                .repeat(2)
                .getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(der(good), 100),
            Arrays.copyOf(der(good), der(good).length + 1),
            new byte[] {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff});

    for (byte[] other : others) {
      assertThatThrownBy(() -> CertificationRequest.read(other))
          .isInstanceOf(CaException.class)
          .hasMessageStartingWith("cannot sign the certification request: ")
          .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }
  }

  /** What does not fail by an unexpected exception, or by signing what it should not. */
  @Test
  void read_randomlyChanged_isRefusedOrHarmless() throws Exception {
    long seed = Seed.get();
    Random random = new Random(seed);
    byte[] good =
        der(request(P256, "/CN=app.test", "subjectAltName=DNS:app.test,IP:10.0.0.1,URI:urn:ab:c"));
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] changed = good.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      try {
        X509Certificate leaf = leaf(changed);
        assertThat(leaf.getBasicConstraints()).as("seed %d", seed).isEqualTo(-1);
      } catch (CaException e) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(refused).as("seed %d", seed).isGreaterThan(2900);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAA=", "MAOgAQA=", "MIIBAA=="})
  void read_noRequest_namesNoClassOfAParser(String base64) {
    assertThatThrownBy(() -> CertificationRequest.read(Base64.getDecoder().decode(base64)))
        .isInstanceOf(CaException.class)
        .hasMessageContaining("it is no PKCS #10 request")
        .message()
        .doesNotContain("org.", "java.");
  }
}
