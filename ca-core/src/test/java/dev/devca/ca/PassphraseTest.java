package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The key of a CA under a passphrase, as OpenSSL and we read and write it. */
class PassphraseTest {
  private static final String SECRET = "Grüße, 世界 17";

  @TempDir private Path home;
  private Path folder;
  private Path key;

  @BeforeEach
  void createCa() throws Exception {
    folder = home.resolve("ca");
    key = folder.resolve("rootCA-key.pem");
    CertificateAuthority.create(folder, CaOptions.defaults());
  }

  private void lock() throws Exception {
    CertificateAuthority.open(folder).key().setPassphrase(SECRET.toCharArray());
  }

  private CertificateAuthority unlocked() throws Exception {
    return CertificateAuthority.open(folder).key().unlock(SECRET.toCharArray());
  }

  private String secretFile() throws Exception {
    return "file:" + Files.writeString(home.resolve("secret"), SECRET + "\n");
  }

  @Test
  void setPassphrase_openCa_locksTheFileAndKeepsItsMode() throws Exception {
    String before = Files.readString(key);
    lock();

    assertThat(key).content().startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
    assertThat(Disk.mode(key)).isEqualTo("rw-------");
    assertThat(Disk.names(folder))
        .containsExactly(".lock", ".made", "rootCA-key.pem", "rootCA.pem");
    CertificateAuthority locked = CertificateAuthority.open(folder);
    assertThat(locked.key().isLocked()).isTrue();
    assertThat(locked.canIssue()).isFalse();
    assertThatThrownBy(() -> locked.issue(LeafRequest.forNames("app.test")))
        .isInstanceOf(CaException.class)
        .hasMessageContaining("is locked by a passphrase");
    assertThatThrownBy(locked.key()::removePassphrase).isInstanceOf(CaException.class);
    CertificateAuthority open = unlocked();
    assertThat(open.issue(LeafRequest.forNames("app.test")).chain()).hasSize(1);
    open.key().removePassphrase();
    assertThat(key).hasContent(before);
  }

  @Test
  void unlock_wrongPassphrase_isRefused() throws Exception {
    lock();
    CertificateAuthority locked = CertificateAuthority.open(folder);

    // One in 256 wrong passphrases leaves a padding that is right.
    for (int i = 0; i < 3; i++) {
      String wrong = "wrong" + i;
      assertThatThrownBy(() -> locked.key().unlock(wrong.toCharArray()))
          .isInstanceOf(CaException.class)
          .hasMessage("cannot open the CA key " + key + ": the passphrase is wrong");
    }
  }

  @Test
  void setPassphrase_empty_isRefused() throws Exception {
    CertificateAuthority ca = CertificateAuthority.open(folder);

    assertThatThrownBy(() -> ca.key().setPassphrase(new char[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(CertificateAuthority.open(folder).key().isLocked()).isFalse();
  }

  @Test
  void setPassphrase_caReplacedMeanwhile_isRefused() throws Exception {
    CertificateAuthority old = CertificateAuthority.open(folder);
    old.delete();
    CertificateAuthority.create(folder, CaOptions.defaults());
    String now = Files.readString(key);

    assertThatThrownBy(() -> old.key().setPassphrase(SECRET.toCharArray()))
        .isInstanceOf(CaException.class)
        .hasMessageContaining("the CA is another one now");
    assertThat(key).hasContent(now);
  }

  @Test
  void setPassphrase_keyBehindALink_staysThere() throws Exception {
    Path stick = Files.createDirectory(home.resolve("stick")).resolve("key.pem");
    Files.move(key, stick);
    Files.createSymbolicLink(key, stick);
    lock();

    assertThat(key).isSymbolicLink();
    assertThat(stick).content().contains("ENCRYPTED");
    assertThat(unlocked().canIssue()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P256", "P384", "ED25519", "RSA2048"})
  void setPassphrase_anyKind_isReadByOpenssl(KeyType type) throws Exception {
    Path other = home.resolve("other");
    CertificateAuthority ca =
        CertificateAuthority.create(other, CaOptions.defaults().withKeyType(type));
    ca.key().setPassphrase(SECRET.toCharArray());

    String read =
        Tool.OPENSSL.run(
            "pkey",
            "-in",
            other.resolve("rootCA-key.pem").toString(),
            "-passin",
            secretFile(),
            "-pubout");

    assertThat(read)
        .isEqualTo(Pem.encode("PUBLIC KEY", ca.rootCertificate().getPublicKey().getEncoded()));
    assertThat(Tool.OPENSSL.run("asn1parse", "-in", other.resolve("rootCA-key.pem").toString()))
        .contains(":PBES2", ":scrypt", ":aes-256-cbc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-v2 aes-256-cbc",
        "-v2 aes-128-cbc -v2prf hmacWithSHA1",
        "-v2 aes-192-cbc -v2prf hmacWithSHA384",
        "-v2 aes-256-cbc -v2prf hmacWithSHA512 -iter 5000",
        "-v2 aes-256-cbc -v2prf hmacWithSHA224",
        "-v2 des3",
        "-scrypt",
        "-scrypt -scrypt_N 1024 -scrypt_r 16 -scrypt_p 2"
      })
  void unlock_encryptedByOpenssl_opens(String options) throws Exception {
    encryptByOpenssl(options);

    assertThat(unlocked().canIssue()).isTrue();
  }

  private void encryptByOpenssl(String options) throws Exception {
    Path next = home.resolve("next.pem");
    String line =
        "pkcs8 -topk8 -in %s -out %s -passout %s %s".formatted(key, next, secretFile(), options);
    Tool.OPENSSL.run(line.split(" "));
    Files.move(next, key, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void unlock_oldEncryption_isNamed() throws Exception {
    encryptByOpenssl("-v1 PBE-SHA1-3DES");
    CertificateAuthority locked = CertificateAuthority.open(folder);

    assertThatThrownBy(() -> locked.key().unlock(SECRET.toCharArray()))
        .isInstanceOf(CaException.class)
        .hasMessageContaining("the encryption 1.2.840.113549.1.12.1.3 is not known");
  }

  @ParameterizedTest
  @CsvSource({
    "1073741824, 8, 1",
    "16384, 8, 1000",
    "1024, 1048576, 1",
    "4611686018427387904, 8, 1"
  })
  void decrypt_scryptThatTakesAllMemoryOrTime_isRefused(long n, long r, long p) throws Exception {
    ScryptParams scrypt =
        new ScryptParams(
            new byte[16],
            BigInteger.valueOf(n),
            BigInteger.valueOf(r),
            BigInteger.valueOf(p),
            null);

    assertRefused(new KeyDerivationFunc(MiscObjectIdentifiers.id_scrypt, scrypt));
  }

  @Test
  void decrypt_endlessPbkdf2_isRefused() throws Exception {
    assertRefused(
        new KeyDerivationFunc(
            PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(new byte[16], 2_000_000_000)));
  }

  private static void assertRefused(KeyDerivationFunc function) throws Exception {
    EncryptionScheme aes =
        new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(new byte[16]));
    byte[] der =
        new EncryptedPrivateKeyInfo(
                new AlgorithmIdentifier(
                    PKCSObjectIdentifiers.id_PBES2, new PBES2Parameters(function, aes)),
                new byte[16])
            .getEncoded();

    assertThatThrownBy(() -> Pbes2.decrypt(der, SECRET.toCharArray()))
        .isInstanceOf(IOException.class)
        .message()
        .containsAnyOf("asks for too", "it is no encrypted PKCS #8 key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MIIB", "MAA=", "AAAA"})
  void unlock_noKeyInside_isRefused(String body) throws Exception {
    Files.writeString(
        key,
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n%s\n-----END ENCRYPTED PRIVATE KEY-----\n"
            .formatted(body));

    assertThatThrownBy(this::unlocked)
        .isInstanceOf(CaException.class)
        .hasMessage("cannot open the CA key " + key + ": it is no encrypted PKCS #8 key");
  }

  @Test
  void unlock_keyOfAnotherCa_isRefused() throws Exception {
    lock();
    Path other = home.resolve("other");
    CertificateAuthority.create(other, CaOptions.defaults());
    Files.copy(key, other.resolve("rootCA-key.pem"), StandardCopyOption.REPLACE_EXISTING);
    CertificateAuthority locked = CertificateAuthority.open(other);

    assertThatThrownBy(() -> locked.key().unlock(SECRET.toCharArray()))
        .isInstanceOf(CaException.class)
        .hasMessageEndingWith(": the key belongs to another certificate");
  }
}
