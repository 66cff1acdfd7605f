package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roots and keys as OpenSSL makes them, taken over. */
class CaImportTest {
  private static final String SECRET = "Grüße 17";

  @TempDir private Path work;
  private Path folder;
  private Path cert;
  private Path key;
  private int asked;

  @BeforeEach
  void name() throws Exception {
    folder = work.resolve("ca");
    cert = work.resolve("root.crt");
    key = work.resolve("root.key");
    Files.writeString(work.resolve("secret"), SECRET + "\n");
  }

  private void openssl(String line) throws Exception {
    // It empties the output before it reads the input.
    Path next = work.resolve("next");
    Tool.OPENSSL.run(
        line.replace("-out KEY", "-out " + next)
            .replace("-out CERT", "-out " + next)
            .replace("CERT", cert.toString())
            .replace("KEY", key.toString())
            .replace("SECRET", "file:" + work.resolve("secret"))
            .split(" "));
    if (Files.exists(next)) {
      Files.move(
          next, line.contains("-out CERT") ? cert : key, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void makeRoot(String keyOptions, String... more) throws Exception {
    openssl("genpkey -out KEY " + keyOptions);
    List<String> command =
        new ArrayList<>(
            List.of("req", "-x509", "-new", "-key", "" + key, "-out", "" + cert, "-days", "90"));
    command.addAll(List.of("-subj", "/CN=Team root", "-addext", "keyUsage=critical,keyCertSign"));
    command.addAll(List.of(more));
    Tool.OPENSSL.run(command.toArray(String[]::new));
  }

  private CertificateAuthority imported() throws Exception {
    return CaImport.into(
        folder,
        cert,
        Optional.of(key),
        () -> {
          asked++;
          return SECRET.toCharArray();
        });
  }

  private void assertIssues(CertificateAuthority ca) throws Exception {
    Path leaf = work.resolve("leaf.pem");
    ca.issue(LeafRequest.forNames("app.test")).writePem(leaf, work.resolve("leaf-key.pem"));
    Tool.OPENSSL.run("verify", "-x509_strict", "-CAfile", "" + ca.rootFile().get(), "" + leaf);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PKCS #1          | -algorithm RSA -pkeyopt rsa_keygen_bits:2048 | rsa -in KEY -out KEY -traditional
          PKCS #8          | -algorithm RSA -pkeyopt rsa_keygen_bits:2048 | pkey -in KEY -out KEY
          SEC 1            | -algorithm EC -pkeyopt ec_paramgen_curve:P-256 | ec -in KEY -out KEY
          SEC 1 and curve  | -algorithm EC -pkeyopt ec_paramgen_curve:P-384 | ecparam -name secp384r1 -noout
          PKCS #8 Ed25519  | -algorithm ED25519 | pkey -in KEY -out KEY
          """)
  void into_keyOfOpenssl_issues(String what, String keyOptions, String convert) throws Exception {
    makeRoot(keyOptions);
    openssl(convert);

    CertificateAuthority ca = imported();

    assertThat(ca.isNew()).isTrue();
    assertThat(asked).isZero();
    assertThat(Disk.mode(folder.resolve("rootCA-key.pem"))).isEqualTo("rw-------");
    assertThat(folder.resolve("rootCA-key.pem")).content().startsWith("-----BEGIN PRIVATE KEY");
    assertIssues(CertificateAuthority.open(folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PKCS #8             | pkcs8 -topk8 -in KEY -out KEY -passout SECRET
          PKCS #8 with scrypt | pkcs8 -topk8 -scrypt -in KEY -out KEY -passout SECRET
          as OpenSSL 0.9 did  | ec -in KEY -out KEY -aes256 -passout SECRET
          """)
  void into_encryptedKey_staysEncrypted(String what, String convert) throws Exception {
    makeRoot("-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
    openssl(convert);
    assertThat(key).content().contains("ENCRYPTED");

    imported();

    assertThat(asked).isOne();
    CertificateAuthority ca = CertificateAuthority.open(folder);
    assertThat(ca.key().isLocked()).isTrue();
    assertIssues(ca.key().unlock(SECRET.toCharArray()));
  }

  @Test
  void into_derAndNoKey_canBeInstalledOnly() throws Exception {
    makeRoot("-algorithm ED25519");
    openssl("x509 -in CERT -outform DER -out CERT");

    CaImport.into(folder, cert, Optional.empty(), () -> new char[0]);

    CertificateAuthority ca = CertificateAuthority.open(folder);
    assertThat(ca.canIssue()).isFalse();
    assertThat(ca.key().isLocked()).isFalse();
    assertThat(Disk.names(folder)).containsExactly(".lock", ".made", "rootCA.pem");
    assertThat(ca.rootCertificate().getEncoded()).isEqualTo(Files.readAllBytes(cert));
  }

  @Test
  void into_caThere_isRefusedBeforeAnythingIsAsked() throws Exception {
    CertificateAuthority there = CertificateAuthority.create(folder, CaOptions.defaults());
    makeRoot("-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
    openssl("pkcs8 -topk8 -in KEY -out KEY -passout SECRET");

    assertThatThrownBy(this::imported)
        .isInstanceOf(CaException.class)
        .hasMessage("cannot make a CA in " + folder + ": there is one already");
    assertThat(asked).isZero();
    assertThat(CertificateAuthority.open(folder).fingerprint()).isEqualTo(there.fingerprint());
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::imported)
        .isInstanceOf(CaException.class)
        .hasMessageStartingWith("cannot import the ")
        .hasMessageContaining(message);
    assertThat(folder).doesNotExist();
  }

  @Test
  void into_otherKey_isRefused() throws Exception {
    makeRoot("-algorithm ED25519");
    openssl("genpkey -algorithm ED25519 -out KEY");

    assertRefused("the key belongs to another certificate");
  }

  @Test
  void into_wrongPassphrase_isRefused() throws Exception {
    makeRoot("-algorithm ED25519");
    openssl("pkcs8 -topk8 -in KEY -out KEY -passout pass:other");

    assertRefused("the passphrase is wrong");
  }

  @Test
  void into_wrongPassphraseOfOldEncryption_isRefused() throws Exception {
    makeRoot("-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
    openssl("ec -in KEY -out KEY -aes256 -passout pass:other");

    assertRefused("the passphrase is wrong");
  }

  @Test
  void into_weakRsa_isRefused() throws Exception {
    makeRoot("-algorithm RSA -pkeyopt rsa_keygen_bits:1024");

    assertRefused("an RSA key of 1024 bits is too weak");
  }

  @Test
  void into_leaf_isRefused() throws Exception {
    makeRoot("-algorithm ED25519", "-addext", "basicConstraints=critical,CA:FALSE");

    assertRefused("it is no CA certificate");
  }

  @Test
  void into_intermediate_isRefused() throws Exception {
    CertificateAuthority root =
        CertificateAuthority.create(work.resolve("r"), CaOptions.defaults());
    openssl("genpkey -algorithm ED25519 -out KEY");
    Path rootFile = root.rootFile().get();
    List<String> command =
        new ArrayList<>(List.of("req", "-x509", "-new", "-key", "" + key, "-out", "" + cert));
    command.addAll(List.of("-CA", "" + rootFile, "-subj", "/CN=Below"));
    command.addAll(List.of("-CAkey", "" + rootFile.resolveSibling("rootCA-key.pem")));
    Tool.OPENSSL.run(command.toArray(String[]::new));

    assertRefused("it is no root: it was issued by \"O=devca development CA,CN=devca ");
  }

  @Test
  void into_expiredRoot_isRefused() throws Exception {
    makeRoot("-algorithm ED25519");

    assertThatThrownBy(
            () ->
                CaImport.into(
                    folder,
                    cert,
                    Optional.empty(),
                    () -> new char[0],
                    InstantSource.fixed(Instant.parse("2040-01-01T00:00:00Z"))))
        .hasMessageContaining("it expired on 20");
  }

  @ParameterizedTest
  @CsvSource({"'', expected CERTIFICATE", "x, expected CERTIFICATE", "0, it is no X.509"})
  void into_noCertificate_isRefused(String text, String message) throws Exception {
    makeRoot("-algorithm ED25519");
    Files.writeString(cert, text);

    assertRefused(message);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'there is no private key in it, as PEM'",
    "'-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n', it is no key",
    "'-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n', it is no "
  })
  void into_noKey_isRefused(String text, String message) throws Exception {
    makeRoot("-algorithm ED25519");
    Files.writeString(key, text);

    assertRefused(message);
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, CAROOT=/c HOME=/h XDG_DATA_HOME=/x, /c",
    "Linux, HOME=/h XDG_DATA_HOME=/x, /x/mkcert",
    "Linux, HOME=/h, /h/.local/share/mkcert",
    "Mac OS X, HOME=/h, /h/Library/Application Support/mkcert",
    "Mac OS X, HOME=/h XDG_DATA_HOME=/x, /x/mkcert",
    "Windows 11, LOCALAPPDATA=/l XDG_DATA_HOME=/x, /l/mkcert",
    "Linux, PATH=/bin, ''"
  })
  void mkcert_environment_isReadAsMkcertReadsIt(String os, String variables, String folder) {
    Map<String, String> environment =
        Pattern.compile("([A-Z_]+)=([^ ]+)")
            .matcher(variables)
            .results()
            .collect(Collectors.toMap(pair -> pair.group(1), pair -> pair.group(2)));

    assertThat(CaLocation.mkcert(os, environment, FileSystems.getDefault()))
        .isEqualTo(folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder)));
  }
}
