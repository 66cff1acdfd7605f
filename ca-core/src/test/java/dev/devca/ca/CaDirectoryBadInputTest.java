package dev.devca.ca;

import static dev.devca.ca.Disk.assertRefused;
import static dev.devca.ca.Disk.setMode;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A CA folder in which something else lies than a CA and its key. */
class CaDirectoryBadInputTest {
  private static final int POINT = 65;
  private static final String COPY = "put it back from a copy, or move ";

  private Path folder;
  private Path certificate;
  private Path key;

  @BeforeEach
  void makeCa() throws IOException {
    folder = Disk.caFolder();
    CertificateAuthority.openOrCreate(folder);
    certificate = folder.resolve("rootCA.pem");
    key = folder.resolve("rootCA-key.pem");
    // So that a refusal which tightens modes on its way is seen.
    setMode(folder, "rwxr-xr-x");
  }

  static Stream<Arguments> badCertificates() throws IOException {
    CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());
    String pem = Pem.encode(ca.rootCertificate());
    String leaf = ca.issue(LeafRequest.forNames("app.test")).chainPem();
    return Stream.of(
        arguments("empty", "", "expected CERTIFICATE, found no PEM block"),
        arguments("text", "hello\n", "expected CERTIFICATE, found no PEM block"),
        arguments(
            "without its end", pem.substring(0, 200), "a PEM block of CERTIFICATE has no end"),
        arguments(
            "no base64",
            pem.replaceFirst("\nMI", "\n!!"),
            "a PEM block of CERTIFICATE is not base64"),
        arguments(
            "a line lost",
            pem.replaceFirst("(\n[^-\n]{64})\n[^-\n]{64}\n", "$1\n"),
            "it is no X.509 certificate: its end is missing"),
        arguments(
            "no certificate",
            Pem.encodeCertificate(new byte[] {0x30, 0}),
            "it is no X.509 certificate: something in it is missing or is something else"),
        arguments(
            "another label",
            pem.replace(" CERTIFICATE", " TRUSTED CERTIFICATE"),
            "expected CERTIFICATE, found TRUSTED CERTIFICATE"),
        arguments("two", pem + pem, "expected one CERTIFICATE, found 2 PEM blocks"),
        arguments("a leaf", leaf, "it is no CA certificate"),
        arguments(
            "without key identifier",
            pemOf(new KeyUsage(KeyUsage.keyCertSign)),
            "it has no subject key identifier, RFC 5280 §4.2.1.2"),
        arguments(
            "not for signing certificates",
            pemOf(new KeyUsage(KeyUsage.cRLSign)),
            "its key usage does not allow signing certificates"));
  }

  /** A CA certificate that lacks what ours have. */
  private static String pemOf(KeyUsage usage) throws IOException {
    SecureRandom random = new SecureRandom();
    SigningKey own = SigningKey.generate(KeyType.P256, random);
    Validity validity = new Validity(Instant.EPOCH, Instant.now());
    byte[] name = new X500Name("CN=odd").getEncoded();
    CertificateDraft draft =
        new CertificateDraft(name, BigInteger.ONE, validity, name, own.publicKey());
    draft.add(Extension.basicConstraints, true, new BasicConstraints(true));
    draft.add(Extension.keyUsage, true, usage);
    return Pem.encodeCertificate(draft.signedBy(own, random));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badCertificates")
  void openOrCreate_badCertificate_isRefused(String what, String pem, String why) throws Exception {
    Files.writeString(certificate, pem);

    CaException refusal = refusal();

    assertThat(refusal).hasMessage("cannot read the CA certificate " + certificate + ": " + why);
    assertThat(refusal.remedy())
        .isEqualTo(COPY + folder + " away and run: devca uninstall, then devca install");
  }

  static Stream<Arguments> badKeys() {
    SecureRandom random = new SecureRandom();
    String pem = Pem.encodePrivateKey(SigningKey.generate(KeyType.P256, random).pkcs8());
    String convert = "in that folder, run: openssl pkey -in rootCA-key.pem -out new.pem";
    return Stream.of(
        arguments("empty", "", "expected PRIVATE KEY, found no PEM block", COPY),
        arguments(
            "without its end", pem.substring(0, 90), "a PEM block of PRIVATE KEY has no end", COPY),
        arguments(
            "no base64",
            pem.replace("\nMI", "\n!!"),
            "a PEM block of PRIVATE KEY is not base64",
            COPY),
        arguments(
            "no key", Pem.encodePrivateKey(new byte[] {0x30, 0}), "it is no PKCS #8 key", COPY),
        arguments("two", pem + pem, "expected one PRIVATE KEY, found 2 PEM blocks", COPY),
        arguments(
            "a certificate",
            pem.replace("PRIVATE KEY", "CERTIFICATE"),
            "expected PRIVATE KEY, found CERTIFICATE",
            COPY),
        arguments(
            "SEC 1",
            pem.replace("PRIVATE", "EC PRIVATE"),
            "expected PRIVATE KEY, found EC PRIVATE KEY",
            convert),
        arguments(
            "PKCS #1",
            pem.replace("PRIVATE", "RSA PRIVATE"),
            "expected PRIVATE KEY, found RSA PRIVATE KEY",
            convert),
        arguments(
            "encrypted by OpenSSL of old",
            "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n",
            "expected PRIVATE KEY, found EC PRIVATE KEY",
            convert));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badKeys")
  void openOrCreate_badKey_isRefused(String what, String pem, String why, String remedy)
      throws Exception {
    Files.writeString(key, pem);

    CaException refusal = refusal();

    assertThat(refusal).hasMessage("cannot read the CA key " + key + ": " + why);
    assertThat(refusal.remedy()).startsWith(remedy);
  }

  @Test
  void openOrCreate_keyOfAnotherCa_isRefused() throws Exception {
    Path other = Disk.caFolder();
    CertificateAuthority.openOrCreate(other);
    Files.write(key, Files.readAllBytes(other.resolve("rootCA-key.pem")));

    assertThat(refusal())
        .hasMessage("cannot read the CA in " + folder + ": the key belongs to another certificate");
  }

  /** With its own key beside it, the comparison says so; without, nothing else would. */
  @Test
  void openOrCreate_noKeyAndRootWhoseKeyIsNone_isRefused() throws Exception {
    byte[] der = Pem.oneCertificate(Files.readString(certificate));
    byte[] publicKey = CertificateFields.read(der).publicKey();
    String hex = HexFormat.of().formatHex(der);
    String point = HexFormat.of().formatHex(publicKey, publicKey.length - POINT, publicKey.length);
    // SEC 1 §2.3.3: 04 begins a point, 05 nothing.
    byte[] other = HexFormat.of().parseHex(hex.replace(point, "05" + point.substring(2)));
    Files.writeString(certificate, Pem.encodeCertificate(other));
    Files.delete(key);

    assertThat(refusal())
        .hasMessage(
            "cannot read the CA certificate " + certificate + ": it is no X.509 certificate");
  }

  static Stream<Arguments> rootsThatJavaCannotRead() throws IOException {
    GeneralNames uri = new GeneralNames(new GeneralName(6, "http://my ca/"));
    CRLDistPoint lists =
        new CRLDistPoint(
            new DistributionPoint[] {
              new DistributionPoint(new DistributionPointName(uri), null, null)
            });
    ASN1EncodableVector path = new ASN1EncodableVector();
    path.add(ASN1Boolean.TRUE);
    path.add(new ASN1Integer(9_999_999_999L));
    return Stream.of(
        arguments("no name", "", Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign)),
        arguments("path", "CN=a", Extension.basicConstraints, new DERSequence(path)),
        arguments("URI", "CN=a", Extension.subjectAlternativeName, uri),
        arguments("lists", "CN=a", Extension.cRLDistributionPoints, lists));
  }

  /** OpenSSL makes each of these, and a JDK would read nothing of a keystore that has one. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("rootsThatJavaCannotRead")
  void openOrCreate_rootThatJavaCannotRead_isRefused(
      String what, String subject, ASN1ObjectIdentifier oid, ASN1Encodable extension)
      throws Exception {
    SecureRandom random = new SecureRandom();
    SigningKey own = SigningKey.generate(KeyType.P256, random);
    byte[] name = new X500Name(subject).getEncoded();
    Validity validity = new Validity(Instant.EPOCH, Instant.now());
    CertificateDraft draft =
        new CertificateDraft(name, BigInteger.ONE, validity, name, own.publicKey());
    draft.add(oid, true, extension);
    if (!oid.equals(Extension.basicConstraints)) {
      draft.add(Extension.basicConstraints, true, new BasicConstraints(true));
    }
    draft.add(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(new byte[20]));
    Files.writeString(certificate, Pem.encodeCertificate(draft.signedBy(own, random)));
    Files.writeString(key, Pem.encodePrivateKey(own.pkcs8()));

    assertThat(refusal())
        .hasMessage(
            "cannot read the CA certificate " + certificate + ": it is no X.509 certificate");
  }

  @Test
  void openOrCreate_limitsThatJavaCannotRead_areRefused() throws Exception {
    folder = Disk.caFolder();
    CertificateAuthority.openOrCreate(folder, CaOptions.defaults().withPermitted("test"));
    certificate = folder.resolve("rootCA.pem");
    setMode(folder, "rwxr-xr-x");
    byte[] der = Pem.oneCertificate(Files.readString(certificate));
    // RFC 5280 §4.2.1.10: the host of a URI, which has no such character.
    byte[] other =
        new String(der, ISO_8859_1).replace("devca.invalid", "devca.!nvalid").getBytes(ISO_8859_1);
    Files.writeString(certificate, Pem.encodeCertificate(other));

    assertThat(other).isNotEqualTo(der);
    assertThat(refusal())
        .hasMessage(
            "cannot read the CA certificate " + certificate + ": it is no X.509 certificate");
  }

  @Test
  void openOrCreate_derInsteadOfPem_isRefused() throws Exception {
    Files.write(certificate, Pem.oneCertificate(Files.readString(certificate)));

    assertThat(refusal()).hasMessageEndingWith(": expected CERTIFICATE, found no PEM block");
  }

  @Test
  void openOrCreate_fileOfAMegabyte_isRefused() throws Exception {
    Files.write(certificate, new byte[1 << 20]);

    assertThat(refusal())
        .hasMessage("cannot read " + certificate + ": it is larger than 65536 bytes");
  }

  @Test
  void openOrCreate_folderInThePlaceOfAFile_isRefused() throws Exception {
    Files.delete(key);
    Files.createDirectory(key);

    assertThat(refusal()).hasMessage("cannot read " + key + ": it is a directory");
  }

  private CaException refusal() throws IOException {
    CaException opening = assertRefused(folder, () -> CertificateAuthority.open(folder));
    assertThat(catchThrowableOfType(CaException.class, () -> CertificateAuthority.find(folder)))
        .hasMessage(opening.getMessage());
    CaException creating = assertRefused(folder, () -> CertificateAuthority.openOrCreate(folder));
    assertThat(creating).hasMessage(opening.getMessage());
    return creating;
  }
}
