package dev.devca.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** An elliptic-curve key, RFC 5480 and RFC 5915. */
final class EcKey extends SigningKey {
  private final ECPrivateKeyParameters key;
  private final byte[] point;

  private EcKey(KeyType type, ECPrivateKeyParameters key, byte[] point) {
    super(type);
    this.key = key;
    this.point = point;
  }

  static EcKey generate(KeyType type, SecureRandom random) {
    ECNamedDomainParameters curve = type == KeyType.P256 ? Curve.p256() : Curve.p384();
    BigInteger d =
        BigIntegers.createRandomInRange(
            BigInteger.ONE, curve.getN().subtract(BigInteger.ONE), random);
    return of(type, curve, d);
  }

  static EcKey of(PrivateKeyInfo info) throws IOException {
    ECNamedDomainParameters curve =
        Curve.named(
            ASN1ObjectIdentifier.getInstance(info.getPrivateKeyAlgorithm().getParameters()));
    KeyType type =
        curve.getName().equals(X9ObjectIdentifiers.prime256v1) ? KeyType.P256 : KeyType.P384;
    return of(type, curve, ECPrivateKey.getInstance(info.parsePrivateKey()).getKey());
  }

  private static EcKey of(KeyType type, ECNamedDomainParameters curve, BigInteger d) {
    ECPoint q = new FixedPointCombMultiplier().multiply(curve.getG(), d).normalize();
    return new EcKey(type, new ECPrivateKeyParameters(d, curve), q.getEncoded(false));
  }

  private ECNamedDomainParameters curve() {
    return (ECNamedDomainParameters) key.getParameters();
  }

  private AlgorithmIdentifier algorithm() {
    return new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve().getName());
  }

  @Override
  byte[] pkcs8() {
    try {
      ECPrivateKey secret =
          new ECPrivateKey(curve().getN().bitLength(), key.getD(), new DERBitString(point), null);
      return new PrivateKeyInfo(algorithm(), secret).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("a key has no encoding", e);
    }
  }

  @Override
  SubjectPublicKeyInfo publicKey() {
    return new SubjectPublicKeyInfo(algorithm(), point);
  }

  @Override
  AlgorithmIdentifier signatureAlgorithm() {
    return new AlgorithmIdentifier(
        type() == KeyType.P256
            ? X9ObjectIdentifiers.ecdsa_with_SHA256
            : X9ObjectIdentifiers.ecdsa_with_SHA384);
  }

  @Override
  byte[] sign(byte[] bytes, SecureRandom random) {
    Digest digest = type() == KeyType.P256 ? new SHA256Digest() : new SHA384Digest();
    DSADigestSigner signer = new DSADigestSigner(new ECDSASigner(), digest);
    signer.init(true, new ParametersWithRandom(key, random));
    return sign(signer, bytes);
  }
}
