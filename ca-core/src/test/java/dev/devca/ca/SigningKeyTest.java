package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MUTATIONS = 2000;

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void generate_eachType_isReadBackByUsAndTheJdk(KeyType type) throws Exception {
    SigningKey key = SigningKey.generate(type, RANDOM);

    SigningKey read = SigningKey.fromPkcs8(key.pkcs8());

    assertThat(key.type()).isEqualTo(type);
    assertThat(read.type()).isEqualTo(type);
    assertThat(read.pkcs8()).isEqualTo(key.pkcs8());
    assertThat(read.publicKey().getEncoded()).isEqualTo(key.publicKey().getEncoded());
    PrivateKey jdk = read.toPrivateKey();
    assertThat(SigningKey.fromPkcs8(jdk.getEncoded()).publicKey()).isEqualTo(key.publicKey());
    assertThat(key).hasToString("private key (" + type.id() + ")");
    assertSigns(key);
  }

  /** The JDK signs with the private half; a certificate of ours holds the public one. */
  private static void assertSigns(SigningKey key) throws Exception {
    Validity validity = new Validity(Instant.EPOCH, Instant.now());
    byte[] name = new X500Name("CN=test").getEncoded();
    X509Certificate certificate =
        Pem.certificate(
            new CertificateDraft(name, BigInteger.ONE, validity, name, key.publicKey())
                .signedBy(key, RANDOM));
    certificate.verify(certificate.getPublicKey());
    String algorithm =
        switch (key.type()) {
          case P256, P384 -> "SHA256withECDSA";
          case ED25519 -> "Ed25519";
          case RSA2048, RSA3072, RSA4096 -> "SHA256withRSA";
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key.toPrivateKey());
    signature.update(new byte[100]);
    byte[] made = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(new byte[100]);
    assertThat(signature.verify(made)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void fromPkcs8_rsaKeyOfWhichOneNumberIsAnother_isRefused(int which) throws Exception {
    byte[] pkcs8 = SigningKey.generate(KeyType.RSA2048, RANDOM).pkcs8();
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(pkcs8);
    RSAPrivateKey key = RSAPrivateKey.getInstance(info.parsePrivateKey());
    BigInteger[] numbers = {
      key.getModulus(), key.getPublicExponent(), key.getPrivateExponent(), key.getPrime1(),
      key.getPrime2(), key.getExponent1(), key.getExponent2(), key.getCoefficient()
    };
    for (BigInteger other : List.of(numbers[which].add(BigInteger.TWO), BigInteger.ZERO)) {
      BigInteger[] n = numbers.clone();
      n[which] = other;
      RSAPrivateKey wrong = new RSAPrivateKey(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
      byte[] bytes = new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), wrong).getEncoded();
      assertThatThrownBy(() -> SigningKey.fromPkcs8(bytes)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "P256, -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
    "P384, -algorithm EC -pkeyopt ec_paramgen_curve:P-384",
    "ED25519, -algorithm ED25519",
    "RSA2048, -algorithm RSA -pkeyopt rsa_keygen_bits:2048",
    "RSA3072, -algorithm RSA -pkeyopt rsa_keygen_bits:3072",
    "RSA4096, -algorithm RSA -pkeyopt rsa_keygen_bits:4096",
    // any size is taken, and has the strength of the next smaller one
    "RSA2048, -algorithm RSA -pkeyopt rsa_keygen_bits:2560",
  })
  void fromPkcs8_madeByOpenssl_isReadAndSigns(KeyType type, String options, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("key.pem");
    String arguments = "genpkey " + options + " -out " + file;

    Tool.OPENSSL.run(arguments.split(" ", -1));

    SigningKey key = SigningKey.fromPkcs8(Pem.onePrivateKey(Files.readString(file)));
    assertThat(key.type()).isEqualTo(type);
    assertSigns(key);
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, 1024, an RSA key of 1024 bits is too weak",
    "DSA, 1024, 'the key algorithm 1.2.840.10040.4.1 is none of P-256, P-384, Ed25519 and RSA'",
    "X25519, 255, 'the key algorithm 1.3.101.110 is none of P-256, P-384, Ed25519 and RSA'",
    "Ed448, 448, 'the key algorithm 1.3.101.113 is none of P-256, P-384, Ed25519 and RSA'",
    "EC, 521, the curve 1.3.132.0.35 is neither P-256 nor P-384",
  })
  void fromPkcs8_kindThatIsNotForUs_isRefused(String algorithm, int bits, String why)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();

    assertThatThrownBy(() -> SigningKey.fromPkcs8(pkcs8))
        .isInstanceOf(IOException.class)
        .hasMessage(why);
  }

  @ParameterizedTest
  @CsvSource({
    "-pkeyopt ec_paramgen_curve:secp256k1, the curve 1.3.132.0.10 is neither P-256 nor P-384",
    "-pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit, it is no PKCS #8 key",
  })
  void fromPkcs8_otherCurveMadeByOpenssl_isRefused(String options, String why, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("key.pem");
    Tool.OPENSSL.run(("genpkey -algorithm EC " + options + " -out " + file).split(" ", -1));
    byte[] pkcs8 = Pem.onePrivateKey(Files.readString(file));

    assertThatThrownBy(() -> SigningKey.fromPkcs8(pkcs8)).hasMessage(why);
  }

  /** RFC 5958 §2 puts the public half behind the key; some libraries wrote it as EXPLICIT. */
  @ParameterizedTest
  @ValueSource(strings = {"", "812100", "a123032100"})
  void fromPkcs8_ed25519WithItsPublicHalf_isRead(String before) throws Exception {
    SigningKey key = SigningKey.generate(KeyType.ED25519, RANDOM);
    byte[] seed = Arrays.copyOfRange(key.pkcs8(), 16, 48);
    byte[] publicKey = key.publicKey().getPublicKeyData().getBytes();
    HexFormat hex = HexFormat.of();
    byte[] v2 =
        Der.sequence(
            hex.parseHex("020101300506032b657004220420"),
            seed,
            hex.parseHex(before),
            before.isEmpty() ? new byte[0] : publicKey);

    assertThat(SigningKey.fromPkcs8(v2).pkcs8()).isEqualTo(key.pkcs8());
  }

  @Test
  void fromPkcs8_versionThatIsNot_isRefused() throws Exception {
    byte[] pkcs8 = SigningKey.generate(KeyType.ED25519, RANDOM).pkcs8();
    pkcs8[4] = 2;

    assertThatThrownBy(() -> SigningKey.fromPkcs8(pkcs8))
        .hasMessage("it is PKCS #8 of an unknown version");
  }

  @Test
  void fromPkcs8_garbage_isRefused() {
    for (byte[] garbage : new byte[][] {{}, {0}, {0x30, 0}, {0x30, (byte) 0x80}, new byte[1000]}) {
      assertThatThrownBy(() -> SigningKey.fromPkcs8(garbage))
          .isInstanceOf(IOException.class)
          .hasMessage("it is no PKCS #8 key");
    }
  }

  @Test
  void fromPkcs8_secretOutsideTheCurve_isRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    byte[] good = generator.generateKeyPair().getPrivate().getEncoded();
    int secret = good.length - 32;
    for (int value : new int[] {0, 0xff}) {
      byte[] bad = good.clone();
      Arrays.fill(bad, secret, bad.length, (byte) value);

      assertThatThrownBy(() -> SigningKey.fromPkcs8(bad)).hasMessage("it is no PKCS #8 key");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "ED25519", "RSA2048"})
  void fromPkcs8_changedBytes_isReadOrRefusedAndNothingElse(KeyType type) {
    byte[] good = SigningKey.generate(type, RANDOM).pkcs8();
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);

      Throwable thrown = catchThrowable(() -> SigningKey.fromPkcs8(bad));

      if (thrown != null) {
        assertThat(thrown).isInstanceOf(IOException.class);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
