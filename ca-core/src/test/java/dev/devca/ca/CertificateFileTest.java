package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFileTest {
  @TempDir Path folder;

  private static IssuedCertificate issue(KeyType type) throws IOException {
    return CertificateAuthority.inMemory(CaOptions.defaults())
        .issue(LeafRequest.forNames("a.test").withKeyType(type));
  }

  private CertificateFile file(String text) throws IOException {
    return CertificateFile.read(Files.writeString(folder.resolve("f.pem"), text));
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P256", "P384", "ED25519", "RSA2048"})
  void keyMatch_eachKindOfKey_fitsItsOwnCertificateAlone(KeyType type) throws Exception {
    IssuedCertificate leaf = issue(type);
    IssuedCertificate other = issue(type);
    X509Certificate certificate = leaf.chain().get(0);

    assertThat(file(leaf.privateKeyPem()).keyMatch(certificate))
        .isEqualTo(CertificateFile.KeyMatch.FITS);
    assertThat(file(other.privateKeyPem()).keyMatch(certificate))
        .isEqualTo(CertificateFile.KeyMatch.FOREIGN);
    assertThat(file(issue(KeyType.P256).privateKeyPem()).keyMatch(certificate))
        .isEqualTo(CertificateFile.KeyMatch.FOREIGN);
    assertThat(file(leaf.chainPem()).keyMatch(certificate))
        .isEqualTo(CertificateFile.KeyMatch.ABSENT);
  }

  @Test
  void read_keyAndCertificatesInOneFile_findsBoth() throws Exception {
    IssuedCertificate leaf = issue(KeyType.P256);

    CertificateFile file = file("words\n" + leaf.privateKeyPem() + leaf.chainPem());

    assertThat(file.certificates()).isEqualTo(leaf.chain());
    assertThat(file.keyMatch(leaf.chain().get(0))).isEqualTo(CertificateFile.KeyMatch.FITS);
    assertThat(file.toString()).isEqualTo("CertificateFile[1 certificates]");
  }

  @ParameterizedTest
  @CsvSource({
    "EC PRIVATE KEY, FITS, ec -in k.pem -out o.pem",
    "ENCRYPTED PRIVATE KEY, ENCRYPTED, pkcs8 -topk8 -passout pass:x -in k.pem -out o.pem",
    "EC PRIVATE KEY, ENCRYPTED, ec -aes256 -passout pass:x -in k.pem -out o.pem"
  })
  void keyMatch_formsOfOpenssl_areRead(
      String label, CertificateFile.KeyMatch expected, String command) throws Exception {
    IssuedCertificate leaf = issue(KeyType.P256);
    Files.writeString(folder.resolve("k.pem"), leaf.privateKeyPem());
    String[] words = command.split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].endsWith(".pem") ? folder.resolve(words[i]).toString() : words[i];
    }
    Tool.OPENSSL.run(words);
    Path made = folder.resolve("o.pem");
    assertThat(Files.readString(made)).contains("BEGIN " + label);

    assertThat(CertificateFile.read(made).keyMatch(leaf.chain().get(0))).isEqualTo(expected);
  }

  @Test
  void read_der_isOneCertificate() throws Exception {
    X509Certificate certificate = issue(KeyType.P256).chain().get(0);
    Path file = Files.write(folder.resolve("c.der"), certificate.getEncoded());

    assertThat(CertificateFile.read(file).certificates()).containsExactly(certificate);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "words",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMIIB",
        "-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----\n"
      })
  void read_malformed_isAnIoException(String text) {
    assertThatThrownBy(() -> file(text))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("\n");
  }
}
