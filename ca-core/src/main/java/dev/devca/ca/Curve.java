package dev.devca.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.bouncycastle.util.BigIntegers;
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

  /** The curve of an OID in DER, or an exception that names what is supported. */
  static Curve named(byte[] oid) throws IOException {
    if (Arrays.equals(oid, X9ObjectIdentifiers.prime256v1.getEncoded())) {
      return p256();
    }
    if (Arrays.equals(oid, SECObjectIdentifiers.secp384r1.getEncoded())) {
      return p384();
    }
    throw new IOException(
        "the curve " + ASN1ObjectIdentifier.getInstance(oid) + " is neither P-256 nor P-384");
  }

  ECNamedDomainParameters parameters() {
    return parameters;
  }

  /** Multiplies the base point of this curve by a secret. */
  ECMultiplier multiplier() {
    return multiplier;
  }

  /** A number with its multiple of the base point. */
  Secret secret(BigInteger number) {
    return new Secret(number, multiplier.multiply(parameters.getG(), number).normalize());
  }

  /** A number for a new secret: each from 1 to the order less one is as likely. */
  BigInteger newNumber(SecureRandom random) {
    return BigIntegers.createRandomInRange(
        BigInteger.ONE, parameters.getN().subtract(BigInteger.ONE), random);
  }

  /** Many numbers with their multiples of the base point of P-256. */
  static List<Secret> p256Secrets(BigInteger... numbers) {
    ECPoint[] points = ManyOfP256.MULTIPLES.of(numbers);
    List<Secret> secrets = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      secrets.add(new Secret(numbers[i], points[i]));
    }
    return secrets;
  }

  // Holders, so that a P-256 leaf never loads P-384.
  private static final class P256 {
    static final BasePoint BASE = new BasePoint(new SecP256R1Curve());
    static final Curve CURVE =
        new Curve(X9ObjectIdentifiers.prime256v1, BASE.point().getCurve(), BASE.point(), BASE);
  }

  private static final class ManyOfP256 {
    static final ManyMultiples MULTIPLES = new ManyMultiples(P256.BASE);
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
