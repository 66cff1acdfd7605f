package dev.devca.ca;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * How the parts of a PKCS #12 file are encrypted, and the whole is sealed, under one password. By
 * Bouncy Castle's own primitives: no provider is looked up, so it works from any jar.
 */
abstract class Pkcs12Protection {
  // What Java and OpenSSL write, or more.
  private static final int SALT_BYTES = 20;

  private final char[] password;
  private final SecureRandom random;

  private Pkcs12Protection(char[] password, SecureRandom random) {
    this.password = password.clone();
    this.random = random;
  }

  /** PBES2 (RFC 8018 §6.2) with PBKDF2, HMAC-SHA-256 and AES-256, sealed with HMAC-SHA-256. */
  static Pkcs12Protection aes(char[] password, SecureRandom random) {
    return new Aes(password, random);
  }

  /** PBE of RFC 7292 appendix C with Triple DES, sealed with HMAC-SHA-1. */
  static Pkcs12Protection tripleDes(char[] password, SecureRandom random) {
    return new TripleDes(password, random);
  }

  /** Bytes, and how to decrypt them. */
  record Encrypted(AlgorithmIdentifier algorithm, byte[] bytes) {}

  abstract Encrypted encrypt(byte[] plain);

  /** The seal over the authenticated safe, RFC 7292 §4.1. */
  abstract MacData seal(byte[] safe);

  final byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  final byte[] salt() {
    return randomBytes(SALT_BYTES);
  }

  final char[] password() {
    return password;
  }

  final MacData seal(byte[] safe, Digest digest, ASN1ObjectIdentifier oid, int iterations) {
    byte[] salt = salt();
    HMac mac = new HMac(digest);
    mac.init(
        pkcs12(digest, salt, iterations).generateDerivedMacParameters(digest.getDigestSize() * 8));
    mac.update(safe, 0, safe.length);
    byte[] seal = new byte[mac.getMacSize()];
    mac.doFinal(seal, 0);
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(oid, DERNull.INSTANCE);
    return new MacData(new DigestInfo(algorithm, seal), salt, iterations);
  }

  /** The key derivation of RFC 7292 appendix B. */
  final PBEParametersGenerator pkcs12(Digest digest, byte[] salt, int iterations) {
    PBEParametersGenerator generator = new PKCS12ParametersGenerator(digest);
    generator.init(PBEParametersGenerator.PKCS12PasswordToBytes(password), salt, iterations);
    return generator;
  }

  static Encrypted encrypt(
      ASN1ObjectIdentifier oid,
      ASN1Encodable parameters,
      BlockCipher engine,
      CipherParameters keyAndIv,
      byte[] plain) {
    PaddedBufferedBlockCipher cipher =
        new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(engine));
    cipher.init(true, keyAndIv);
    byte[] bytes = new byte[cipher.getOutputSize(plain.length)];
    int length = cipher.processBytes(plain, 0, plain.length, bytes, 0);
    try {
      length += cipher.doFinal(bytes, length);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("a plain text has no padding", e);
    }
    return new Encrypted(new AlgorithmIdentifier(oid, parameters), Arrays.copyOf(bytes, length));
  }

  private static final class Aes extends Pkcs12Protection {
    // As Java 17 writes it; the password is in a configuration anyway.
    private static final int ITERATIONS = 10_000;
    private static final int KEY_BYTES = 32;
    private static final int BLOCK = 16;
    private static final AlgorithmIdentifier HMAC_SHA256 =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);

    Aes(char[] password, SecureRandom random) {
      super(password, random);
    }

    @Override
    Encrypted encrypt(byte[] plain) {
      byte[] salt = salt();
      byte[] iv = randomBytes(BLOCK);
      PBEParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
      generator.init(PBEParametersGenerator.PKCS5PasswordToUTF8Bytes(password()), salt, ITERATIONS);
      KeyParameter key = (KeyParameter) generator.generateDerivedParameters(KEY_BYTES * 8);
      PBES2Parameters parameters =
          new PBES2Parameters(
              new KeyDerivationFunc(
                  PKCSObjectIdentifiers.id_PBKDF2,
                  new PBKDF2Params(salt, ITERATIONS, KEY_BYTES, HMAC_SHA256)),
              new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
      return encrypt(
          PKCSObjectIdentifiers.id_PBES2,
          parameters,
          AESEngine.newInstance(),
          new ParametersWithIV(key, iv),
          plain);
    }

    @Override
    MacData seal(byte[] safe) {
      return seal(safe, new SHA256Digest(), NISTObjectIdentifiers.id_sha256, ITERATIONS);
    }
  }

  private static final class TripleDes extends Pkcs12Protection {
    // As Windows writes it, or more.
    private static final int ITERATIONS = 2048;
    private static final int KEY_BITS = 192;
    private static final int BLOCK_BITS = 64;

    TripleDes(char[] password, SecureRandom random) {
      super(password, random);
    }

    @Override
    Encrypted encrypt(byte[] plain) {
      byte[] salt = salt();
      return encrypt(
          PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
          new PKCS12PBEParams(salt, ITERATIONS),
          new DESedeEngine(),
          pkcs12(new SHA1Digest(), salt, ITERATIONS)
              .generateDerivedParameters(KEY_BITS, BLOCK_BITS),
          plain);
    }

    @Override
    MacData seal(byte[] safe) {
      return seal(safe, new SHA1Digest(), OIWObjectIdentifiers.idSHA1, ITERATIONS);
    }
  }
}
