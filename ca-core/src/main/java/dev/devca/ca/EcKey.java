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
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.util.BigIntegers;

/** An elliptic-curve key, RFC 5480 and RFC 5915. */
final class EcKey extends SigningKey {
  private final Curve curve;
  private final ECPrivateKeyParameters key;
  private final byte[] point;

  private EcKey(KeyType type, Curve curve, ECPrivateKeyParameters key, byte[] point) {
    super(type);
    this.curve = curve;
    this.key = key;
    this.point = point;
  }

  static EcKey generate(KeyType type, SecureRandom random) {
    Curve curve = type == KeyType.P256 ? Curve.p256() : Curve.p384();
    BigInteger n = curve.parameters().getN();
    BigInteger d =
        BigIntegers.createRandomInRange(BigInteger.ONE, n.subtract(BigInteger.ONE), random);
    return of(type, curve, d);
  }

  static EcKey of(PrivateKeyInfo info) throws IOException {
    Curve curve =
        Curve.named(
            ASN1ObjectIdentifier.getInstance(info.getPrivateKeyAlgorithm().getParameters()));
    KeyType type =
        curve.parameters().getName().equals(X9ObjectIdentifiers.prime256v1)
            ? KeyType.P256
            : KeyType.P384;
    return of(type, curve, ECPrivateKey.getInstance(info.parsePrivateKey()).getKey());
  }

  private static EcKey of(KeyType type, Curve curve, BigInteger d) {
    return new EcKey(
        type,
        curve,
        new ECPrivateKeyParameters(d, curve.parameters()),
        curve.multiply(d).getEncoded(false));
  }

  private AlgorithmIdentifier algorithm() {
    return new AlgorithmIdentifier(
        X9ObjectIdentifiers.id_ecPublicKey, curve.parameters().getName());
  }

  @Override
  byte[] pkcs8() {
    try {
      ECPrivateKey secret =
          new ECPrivateKey(
              curve.parameters().getN().bitLength(), key.getD(), new DERBitString(point), null);
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
    DSADigestSigner signer = new DSADigestSigner(new CurveSigner(curve), digest);
    signer.init(true, new ParametersWithRandom(key, random));
    return sign(signer, bytes);
  }

  /** ECDSA with the curve's own multiplier. */
  private static final class CurveSigner extends ECDSASigner {
    private final Curve curve;

    CurveSigner(Curve curve) {
      this.curve = curve;
    }

    @Override
    protected ECMultiplier createBasePointMultiplier() {
      return curve.multiplier();
    }
  }
}
