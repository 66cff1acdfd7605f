package dev.devca.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** An RSA key, RFC 8017, by the JDK: its key generation is the fastest there is on a JVM. */
final class RsaKey extends SigningKey {
  private static final AlgorithmIdentifier ALGORITHM =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
  private static final AlgorithmIdentifier SIGNATURE =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);

  private final PrivateKey key;
  private final RSAPublicKey publicKey;

  private RsaKey(KeyType type, PrivateKey key, RSAPublicKey publicKey) {
    super(type);
    this.key = key;
    this.publicKey = publicKey;
  }

  static RsaKey generate(KeyType type, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(type.rsaBits(), random);
      KeyPair pair = generator.generateKeyPair();
      java.security.interfaces.RSAPublicKey pub =
          (java.security.interfaces.RSAPublicKey) pair.getPublic();
      return new RsaKey(
          type, pair.getPrivate(), new RSAPublicKey(pub.getModulus(), pub.getPublicExponent()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot make RSA keys", e);
    }
  }

  static RsaKey of(Pkcs8 pkcs8) throws IOException, GeneralSecurityException {
    RSAPrivateKey parsed = RSAPrivateKey.getInstance(pkcs8.key());
    if (!isConsistent(parsed)) {
      throw new IOException("its numbers are not those of one RSA key");
    }
    PrivateKey key =
        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8.der()));
    // An imported key may have any size; its kind says only that it is RSA and how strong.
    int bits = ((RSAKey) key).getModulus().bitLength();
    if (bits < KeyType.RSA2048.rsaBits()) {
      throw new IOException("an RSA key of " + bits + " bits is too weak");
    }
    KeyType type =
        bits >= KeyType.RSA4096.rsaBits()
            ? KeyType.RSA4096
            : bits >= KeyType.RSA3072.rsaBits() ? KeyType.RSA3072 : KeyType.RSA2048;
    return new RsaKey(type, key, new RSAPublicKey(parsed.getModulus(), parsed.getPublicExponent()));
  }

  /**
   * Whether the numbers belong together as RFC 8017 §3.2 says, which the JDK does not ask before it
   * signs. That p and q are primes is believed: to show it would take longer than to sign.
   */
  private static boolean isConsistent(RSAPrivateKey key) {
    BigInteger p = key.getPrime1();
    BigInteger q = key.getPrime2();
    return p.compareTo(BigInteger.ONE) > 0
        && q.compareTo(BigInteger.ONE) > 0
        && p.multiply(q).equals(key.getModulus())
        && key.getCoefficient().multiply(q).mod(p).equals(BigInteger.ONE)
        && isExponent(key, key.getExponent1(), p)
        && isExponent(key, key.getExponent2(), q);
  }

  private static boolean isExponent(RSAPrivateKey key, BigInteger exponent, BigInteger prime) {
    BigInteger order = prime.subtract(BigInteger.ONE);
    return key.getPrivateExponent().mod(order).equals(exponent)
        && key.getPublicExponent().multiply(exponent).mod(order).equals(BigInteger.ONE);
  }

  @Override
  byte[] pkcs8() {
    return key.getEncoded();
  }

  @Override
  SubjectPublicKeyInfo publicKey() {
    try {
      return new SubjectPublicKeyInfo(ALGORITHM, publicKey);
    } catch (IOException e) {
      throw new IllegalStateException("a key has no encoding", e);
    }
  }

  @Override
  AlgorithmIdentifier signatureAlgorithm() {
    return SIGNATURE;
  }

  @Override
  byte[] sign(byte[] bytes, SecureRandom random) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key, random);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot sign with RSA", e);
    }
  }
}
