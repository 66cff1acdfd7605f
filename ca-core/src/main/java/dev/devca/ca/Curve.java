package dev.devca.ca;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP384R1Curve;
import org.bouncycastle.util.encoders.Hex;

/**
 * A NIST curve, RFC 5480 and SEC 2 §2.4–2.5, with what multiplies its base point. They are made one
 * by one: a registry would load them all.
 */
final class Curve {
  private final ECNamedDomainParameters parameters;
  private final ECMultiplier multiplier;

  private Curve(
      ASN1ObjectIdentifier oid, ECCurve curve, ECPoint basePoint, ECMultiplier multiplier) {
    this.parameters =
        new ECNamedDomainParameters(oid, curve, basePoint, curve.getOrder(), BigInteger.ONE);
    this.multiplier = multiplier;
  }

  static Curve p256() {
    return P256.CURVE;
  }

  static Curve p384() {
    return P384.CURVE;
  }

  /** The curve of an OID, or an exception that names what is supported. */
  static Curve named(ASN1ObjectIdentifier oid) throws IOException {
    if (oid.equals(X9ObjectIdentifiers.prime256v1)) {
      return p256();
    }
    if (oid.equals(SECObjectIdentifiers.secp384r1)) {
      return p384();
    }
    throw new IOException("the curve " + oid + " is neither P-256 nor P-384");
  }

  ECNamedDomainParameters parameters() {
    return parameters;
  }

  /** Multiplies the base point of this curve by a secret. */
  ECMultiplier multiplier() {
    return multiplier;
  }

  /** The public point of a private key. */
  ECPoint multiply(BigInteger secret) {
    return multiplier.multiply(parameters.getG(), secret).normalize();
  }

  // Holders, so that a P-256 leaf never loads P-384.
  private static final class P256 {
    static final Curve CURVE = of(new SecP256R1Curve());

    private static Curve of(ECCurve curve) {
      BasePoint base = new BasePoint(curve);
      return new Curve(X9ObjectIdentifiers.prime256v1, curve, base.point(), base);
    }
  }

  private static final class P384 {
    static final Curve CURVE = of(new SecP384R1Curve());

    private static Curve of(ECCurve curve) {
      byte[] generator =
          Hex.decode(
              "03AA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C"
                  + "3A545E3872760AB7");
      return new Curve(
          SECObjectIdentifiers.secp384r1,
          curve,
          curve.decodePoint(generator),
          new FixedPointCombMultiplier());
    }
  }
}
