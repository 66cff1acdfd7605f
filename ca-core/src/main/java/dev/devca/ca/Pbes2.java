package dev.devca.ca;

import dev.devca.ca.files.QuietRegistrar;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
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
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * Keys encrypted under a passphrase: PKCS #8 (RFC 5958 §3) with PBES2 (RFC 8018 §6.2). Written with
 * scrypt (RFC 7914) and AES-256 in CBC mode; read with what OpenSSL and Java write too.
 */
final class Pbes2 {
  static {
    QuietRegistrar.load();
  }

  // As much as OpenSSL 3 reads: it gives scrypt 32 MiB, so N cannot be larger. p makes up for it.
  private static final int SCRYPT_COST = 1 << 14;
  private static final int SCRYPT_BLOCK = 8;
  private static final int SCRYPT_PARALLEL = 3;
  private static final int SALT_BYTES = 16;
  private static final int AES_BLOCK = 16;
  private static final int AES_256 = 32;

  // A file that somebody gave us must not take all memory, or a day.
  private static final long MOST_SCRYPT_BYTES = 64L << 20;
  private static final int MOST_SCRYPT_PARALLEL = 64;
  private static final int MOST_ITERATIONS = 10_000_000;

  /** The passphrase is wrong, or the bytes are not what they were: both look the same. */
  static final class WrongPassphraseException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongPassphraseException() {
      super("the passphrase is wrong");
    }
  }

  private Pbes2() {}

  /** The EncryptedPrivateKeyInfo of a PKCS #8 key. */
  static byte[] encrypt(byte[] pkcs8, char[] passphrase, SecureRandom random) {
    byte[] salt = bytes(SALT_BYTES, random);
    byte[] iv = bytes(AES_BLOCK, random);
    ScryptParams scrypt = new ScryptParams(salt, SCRYPT_COST, SCRYPT_BLOCK, SCRYPT_PARALLEL);
    byte[] key = scrypt(scrypt, passphrase, AES_256);
    try {
      byte[] encrypted = cipher(AESEngine.newInstance(), true, key, iv, pkcs8);
      PBES2Parameters parameters =
          new PBES2Parameters(
              new KeyDerivationFunc(MiscObjectIdentifiers.id_scrypt, scrypt),
              new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
      return new EncryptedPrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), encrypted)
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("an encrypted key has no encoding", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * The PKCS #8 key of an EncryptedPrivateKeyInfo.
   *
   * @throws WrongPassphraseException if it does not decrypt
   * @throws IOException if it is encrypted in a way that is not known; the message names it
   */
  static byte[] decrypt(byte[] encrypted, char[] passphrase) throws IOException {
    try {
      EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(encrypted);
      AlgorithmIdentifier algorithm = info.getEncryptionAlgorithm();
      if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
        throw unknown("the encryption", algorithm.getAlgorithm());
      }
      PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
      EncryptionScheme scheme = parameters.getEncryptionScheme();
      byte[] iv = ASN1OctetString.getInstance(scheme.getParameters()).getOctets();
      boolean triple = scheme.getAlgorithm().equals(PKCSObjectIdentifiers.des_EDE3_CBC);
      byte[] key =
          derive(parameters.getKeyDerivationFunc(), passphrase, keyBytes(scheme.getAlgorithm()));
      try {
        return cipher(
            triple ? new DESedeEngine() : AESEngine.newInstance(),
            false,
            key,
            iv,
            info.getEncryptedData());
      } finally {
        Arrays.fill(key, (byte) 0);
      }
    } catch (RuntimeException e) {
      // The parsers say what bytes they met in many ways; none would help a person.
      throw new IOException("it is no encrypted PKCS #8 key", e);
    }
  }

  private static int keyBytes(ASN1ObjectIdentifier cipher) throws IOException {
    if (cipher.equals(NISTObjectIdentifiers.id_aes256_CBC)) {
      return AES_256;
    }
    if (cipher.equals(NISTObjectIdentifiers.id_aes192_CBC)
        || cipher.equals(PKCSObjectIdentifiers.des_EDE3_CBC)) {
      return 24;
    }
    if (cipher.equals(NISTObjectIdentifiers.id_aes128_CBC)) {
      return 16;
    }
    throw unknown("the cipher", cipher);
  }

  private static byte[] derive(KeyDerivationFunc function, char[] passphrase, int length)
      throws IOException {
    if (function.getAlgorithm().equals(MiscObjectIdentifiers.id_scrypt)) {
      ScryptParams scrypt = ScryptParams.getInstance(function.getParameters());
      long memory =
          Math.multiplyExact(
              Math.multiplyExact(128L, scrypt.getBlockSize().longValueExact()),
              scrypt.getCostParameter().longValueExact());
      if (memory > MOST_SCRYPT_BYTES
          || scrypt.getParallelizationParameter().longValueExact() > MOST_SCRYPT_PARALLEL) {
        throw new IOException("its scrypt asks for too much memory or time");
      }
      return scrypt(scrypt, passphrase, length);
    }
    if (!function.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
      throw unknown("the key derivation", function.getAlgorithm());
    }
    PBKDF2Params pbkdf2 = PBKDF2Params.getInstance(function.getParameters());
    int iterations = pbkdf2.getIterationCount().intValueExact();
    if (iterations > MOST_ITERATIONS) {
      throw new IOException("its PBKDF2 asks for too many iterations");
    }
    PKCS5S2ParametersGenerator generator =
        new PKCS5S2ParametersGenerator(digest(pbkdf2.getPrf().getAlgorithm()));
    generator.init(utf8(passphrase), pbkdf2.getSalt(), iterations);
    return ((KeyParameter) generator.generateDerivedParameters(length * 8)).getKey();
  }

  private static Digest digest(ASN1ObjectIdentifier prf) throws IOException {
    if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA256)) {
      return new SHA256Digest();
    }
    if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA1)) {
      return new SHA1Digest();
    }
    if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA512)) {
      return new SHA512Digest();
    }
    if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA384)) {
      return new SHA384Digest();
    }
    if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA224)) {
      return new SHA224Digest();
    }
    throw unknown("the hash", prf);
  }

  private static byte[] scrypt(ScryptParams scrypt, char[] passphrase, int length) {
    return SCrypt.generate(
        utf8(passphrase),
        scrypt.getSalt(),
        scrypt.getCostParameter().intValueExact(),
        scrypt.getBlockSize().intValueExact(),
        scrypt.getParallelizationParameter().intValueExact(),
        length);
  }

  private static byte[] utf8(char[] passphrase) {
    return PBEParametersGenerator.PKCS5PasswordToUTF8Bytes(passphrase);
  }

  private static byte[] cipher(
      BlockCipher engine, boolean encrypt, byte[] key, byte[] iv, byte[] input)
      throws WrongPassphraseException {
    PaddedBufferedBlockCipher cipher =
        new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(engine));
    cipher.init(encrypt, new ParametersWithIV(new KeyParameter(key), iv));
    byte[] output = new byte[cipher.getOutputSize(input.length)];
    int length = cipher.processBytes(input, 0, input.length, output, 0);
    try {
      length += cipher.doFinal(output, length);
    } catch (InvalidCipherTextException e) {
      throw new WrongPassphraseException();
    }
    byte[] result = Arrays.copyOf(output, length);
    Arrays.fill(output, (byte) 0);
    return result;
  }

  private static byte[] bytes(int count, SecureRandom random) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static IOException unknown(String what, ASN1ObjectIdentifier oid) {
    return new IOException(what + " " + oid + " is not known");
  }
}
