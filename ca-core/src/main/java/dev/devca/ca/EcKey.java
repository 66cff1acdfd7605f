package dev.devca.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.BERTags;
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
import org.jspecify.annotations.Nullable;

/** An elliptic-curve key, RFC 5480 and RFC 5915. */
final class EcKey extends SigningKey {
  // RFC 5915 §3.
  private static final int PARAMETERS = Der.explicit(0);
  private static final int PUBLIC_KEY = Der.explicit(1);

  private final Curve curve;
  private final ECPrivateKeyParameters key;
  private final byte[] point;

  private final @Nullable SecretStock stock;

  private EcKey(
      KeyType type,
      Curve curve,
      ECPrivateKeyParameters key,
      byte[] point,
      @Nullable SecretStock stock) {
    super(type);
    this.curve = curve;
    this.key = key;
    this.point = point;
    this.stock = stock;
  }

  static EcKey generate(KeyType type, SecureRandom random) {
    Curve curve = type == KeyType.P256 ? Curve.p256() : Curve.p384();
    return of(type, curve, curve.secret(curve.newNumber(random)));
  }

  /** A key of P-256. */
  static EcKey of(Secret secret) {
    return of(KeyType.P256, Curve.p256(), secret);
  }

  static EcKey of(Pkcs8 pkcs8) throws IOException {
    Curve curve = curve(pkcs8);
    KeyType type =
        curve.parameters().getName().equals(X9ObjectIdentifiers.prime256v1)
            ? KeyType.P256
            : KeyType.P384;
    DerReader fields = fields(pkcs8);
    byte[] number = fields.content(BERTags.OCTET_STRING);
    fields.skip(PARAMETERS);
    fields.skip(PUBLIC_KEY);
    fields.end();
    return of(type, curve, curve.secret(new BigInteger(1, number)));
  }

  /** The public half, where a key of P-256 or P-384 says it. */
  static Optional<SubjectPublicKeyInfo> publicKeyIn(Pkcs8 pkcs8) throws IOException {
    DerReader fields = fields(pkcs8);
    fields.skip(BERTags.OCTET_STRING);
    fields.skip(PARAMETERS);
    return fields.isAt(PUBLIC_KEY)
        ? Optional.of(
            new SubjectPublicKeyInfo(algorithm(curve(pkcs8)), fields.inside(PUBLIC_KEY).bits()))
        : Optional.empty();
  }

  private static Curve curve(Pkcs8 pkcs8) throws IOException {
    DerReader parameters = DerReader.of(pkcs8.parameters());
    byte[] name = parameters.element(BERTags.OBJECT_IDENTIFIER);
    parameters.end();
    return Curve.named(name);
  }

  /** What RFC 5915 §3 says of a key, from the number on. */
  private static DerReader fields(Pkcs8 pkcs8) throws IOException {
    DerReader fields = DerReader.of(pkcs8.key(), Der.SEQUENCE);
    fields.integer();
    return fields;
  }

  private static EcKey of(KeyType type, Curve curve, Secret secret) {
    return new EcKey(
        type,
        curve,
        new ECPrivateKeyParameters(secret.number(), curve.parameters()),
        secret.point().getEncoded(false),
        null);
  }

  @Override
  SigningKey drawingFrom(SecretStock secrets) {
    return type() == KeyType.P256 ? new EcKey(type(), curve, key, point, secrets) : this;
  }

  private static AlgorithmIdentifier algorithm(Curve curve) {
    return new AlgorithmIdentifier(
        X9ObjectIdentifiers.id_ecPublicKey, curve.parameters().getName());
  }

  @Override
  byte[] pkcs8() {
    try {
      ECPrivateKey secret =
          new ECPrivateKey(
              curve.parameters().getN().bitLength(), key.getD(), new DERBitString(point), null);
      return new PrivateKeyInfo(algorithm(curve), secret).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("a key has no encoding", e);
    }
  }

  @Override
  SubjectPublicKeyInfo publicKey() {
    return new SubjectPublicKeyInfo(algorithm(curve), point);
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
    ECDSASigner ecdsa = stock == null ? new CurveSigner(curve) : new StockSigner(stock);
    DSADigestSigner signer = new DSADigestSigner(ecdsa, digest);
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
