package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Key stores, opened by the programs that people open them with. */
class KeyStoreFormatTest {
  private static final String PASSWORD = "geheim-17";
  // Every character that a password may have.
  private static final String ALL_ASCII = printableAscii();

  @TempDir private Path folder;
  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());

  private static String printableAscii() {
    StringBuilder all = new StringBuilder();
    for (char c = ' '; c <= '~'; c++) {
      all.append(c);
    }
    return all.toString();
  }

  private Path write(String name, byte[] content) throws Exception {
    return Files.write(folder.resolve(name), content);
  }

  private Path identity(KeyStoreFormat format, KeyType type, String password) throws Exception {
    byte[] content =
        ca.issue(LeafRequest.forNames("app.test").withKeyType(type))
            .keyStoreFile(format, "Web", password.toCharArray());
    return write(format + "-" + type, content);
  }

  private Path trust(KeyStoreFormat format) throws Exception {
    return write(
        "trust-" + format, format.trustStoreFile(ca.rootCertificate(), PASSWORD.toCharArray()));
  }

  private static String type(KeyStoreFormat format) {
    return format == KeyStoreFormat.JKS ? "JKS" : "PKCS12";
  }

  @ParameterizedTest
  @FieldSource("dev.devca.ca.Jdks#VERSIONS")
  void keyStoreFile_eachFormatAndKey_opensInJava(int jdk) throws Exception {
    Path java = Jdks.home(jdk).resolve("bin/java");
    Path classes =
        Path.of(KeyStoreProbe.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> words =
        new ArrayList<>(List.of("-cp", classes.toString(), KeyStoreProbe.class.getName()));
    List<String> expected = new ArrayList<>();
    for (KeyStoreFormat format : KeyStoreFormat.values()) {
      for (KeyType key : List.of(KeyType.P256, KeyType.P384, KeyType.ED25519, KeyType.RSA2048)) {
        words.addAll(List.of(type(format), "" + identity(format, key, ALL_ASCII), ALL_ASCII));
        expected.add("web key, chain of 1, matches true");
      }
      words.addAll(List.of(type(format), trust(format).toString(), PASSWORD));
      expected.add("trusts " + ca.rootCertificate().getSubjectX500Principal().getName());
    }

    assertThat(Tool.run(java, words.toArray(String[]::new)).lines()).isEqualTo(expected);
  }

  @ParameterizedTest
  @FieldSource("dev.devca.ca.Jdks#VERSIONS")
  void keyStoreFile_eachFormat_opensInKeytool(int jdk) throws Exception {
    Path keytool = Jdks.home(jdk).resolve("bin/keytool");
    for (KeyStoreFormat format : KeyStoreFormat.values()) {
      String file = identity(format, KeyType.P256, PASSWORD).toString();

      assertThat(Tool.run(keytool, "-list", "-keystore", file, "-storepass", PASSWORD))
          .contains("Keystore type: " + type(format), "contains 1 entry", "web, ")
          .contains("PrivateKeyEntry");
      assertThat(
              Tool.run(keytool, "-list", "-keystore", "" + trust(format), "-storepass", PASSWORD))
          .contains("trustedCertEntry")
          .contains("devca-" + ca.fingerprint().shortHex());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PKCS12        | MAC: sha256, Iteration 10000 | PBES2, PBKDF2, AES-256-CBC, Iteration 10000, PRF hmacWithSHA256
          LEGACY_PKCS12 | MAC: sha1, Iteration 2048    | pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048
          """)
  void keyStoreFile_pkcs12_opensInOpenssl(KeyStoreFormat format, String seal, String cipher)
      throws Exception {
    for (KeyType key : List.of(KeyType.P256, KeyType.P384, KeyType.ED25519, KeyType.RSA2048)) {
      String file = identity(format, key, ALL_ASCII).toString();
      String password = "pass:" + ALL_ASCII;

      String info = Tool.OPENSSL.run("pkcs12", "-in", file, "-passin", password, "-info", "-noenc");

      assertThat(info)
          .contains(seal, "PKCS7 Encrypted data: " + cipher, "Shrouded Keybag: " + cipher)
          .contains("friendlyName: Web", "-----BEGIN PRIVATE KEY-----");
      Path pem = write("both.pem", info.getBytes(StandardCharsets.US_ASCII));
      assertThat(Tool.OPENSSL.run("pkey", "-in", pem.toString(), "-pubout"))
          .isEqualTo(Tool.OPENSSL.run("x509", "-in", pem.toString(), "-noout", "-pubkey"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PKCS12", "LEGACY_PKCS12"})
  void trustStoreFile_pkcs12_opensInOpenssl(KeyStoreFormat format) throws Exception {
    String file = trust(format).toString();

    String pem = Tool.OPENSSL.run("pkcs12", "-in", file, "-passin", "pass:" + PASSWORD, "-nokeys");

    assertThat(Pem.certificates(pem)).containsExactly(ca.rootCertificate());
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "P384", "RSA2048"})
  void keyStoreFile_pkcs12_opensInNode(KeyType key) throws Exception {
    String program =
        """
        const pfx = require("fs").readFileSync(process.argv[1]);
        require("tls").createSecureContext({ pfx, passphrase: process.argv[2] });
        console.log("opened");
        """;

    for (KeyStoreFormat format : List.of(KeyStoreFormat.PKCS12, KeyStoreFormat.LEGACY_PKCS12)) {
      String file = identity(format, key, ALL_ASCII).toString();
      assertThat(Tool.NODE.run("-e", program, "--", file, ALL_ASCII)).isEqualTo("opened\n");
    }
  }

  @Test
  void checkPassword_notAscii_isRefusedAsJava17RefusesIt() throws Exception {
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("app.test"));
    Path pem =
        write(
            "leaf.pem",
            (leaf.chainPem() + leaf.privateKeyPem()).getBytes(StandardCharsets.US_ASCII));
    String file = folder.resolve("foreign.p12").toString();
    String password = "file:" + Files.writeString(folder.resolve("password"), "pässwort");
    Tool.OPENSSL.run(
        "pkcs12", "-export", "-in", pem.toString(), "-out", file, "-passout", password);

    Tool.Result opened =
        Tool.attempt(
            Jdks.home(17).resolve("bin/keytool"),
            "-J-Dfile.encoding=UTF-8",
            "-list",
            "-keystore",
            file,
            "-storepass:file",
            password.substring(5));

    assertThat(opened.code()).isNotZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyStoreFormat.checkPassword("pässwort".toCharArray()))
        .withMessage(
            "a key store's password has printable ASCII characters only: Java opens no other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tab\t", "\u007f", "€", "line\n"})
  void keyStoreFile_passwordThatSomeCannotType_isRefused(String password) throws Exception {
    IssuedCertificate leaf = ca.issue(LeafRequest.forNames("app.test"));

    for (KeyStoreFormat format : KeyStoreFormat.values()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> leaf.keyStoreFile(format, "web", password.toCharArray()));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> format.trustStoreFile(ca.rootCertificate(), password.toCharArray()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "\u202e"})
  void checkAlias_notPrintable_isRefused(String alias) {
    assertThatIllegalArgumentException().isThrownBy(() -> KeyStoreFormat.checkAlias(alias));
  }
}
