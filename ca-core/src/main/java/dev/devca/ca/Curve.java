package dev.devca.ca;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP384R1Curve;
import org.bouncycastle.util.encoders.Hex;

/**
 * The NIST curves, RFC 5480 and SEC 2 §2.4–2.5, made one by one: a registry would load them all.
 */
final class Curve {
  private Curve() {}

  static ECNamedDomainParameters p256() {
    return P256.PARAMETERS;
  }

  static ECNamedDomainParameters p384() {
    return P384.PARAMETERS;
  }

  /** The curve of an OID, or an exception that names what is supported. */
  static ECNamedDomainParameters named(ASN1ObjectIdentifier oid) throws IOException {
    if (oid.equals(X9ObjectIdentifiers.prime256v1)) {
      return p256();
    }
    if (oid.equals(SECObjectIdentifiers.secp384r1)) {
      return p384();
    }
    throw new IOException("the curve " + oid + " is neither P-256 nor P-384");
  }

  private static ECNamedDomainParameters parameters(
      ASN1ObjectIdentifier oid, ECCurve curve, String generator) {
    return new ECNamedDomainParameters(
        oid, curve, curve.decodePoint(Hex.decode(generator)), curve.getOrder(), BigInteger.ONE);
  }

  // Holders, so that a P-256 leaf never loads P-384.
  private static final class P256 {
    static final ECNamedDomainParameters PARAMETERS =
        parameters(
            X9ObjectIdentifiers.prime256v1,
            new SecP256R1Curve(),
            "036B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296");
  }

  private static final class P384 {
    static final ECNamedDomainParameters PARAMETERS =
        parameters(
            SECObjectIdentifiers.secp384r1,
            new SecP384R1Curve(),
            "03AA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C"
                + "3A545E3872760AB7");
  }
}
