package dev.devca.ca;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.bouncycastle.util.BigIntegers;
import org.bouncycastle.util.encoders.Hex;

/**
 * As many P-256 keys and signatures as the first argument says, by the primitives that devca uses,
 * on one thread and without a file: the measure of {@code issue --batch}. The second says whose
 * multiplication it is: {@code bouncycastle} or {@code devca}.
 */
public final class RawLeaves {
  private static final String GENERATOR =
      "036B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296";

  private RawLeaves() {}

  public static void main(String[] args) {
    SecureRandom random = new SecureRandom();
    SecP256R1Curve curve = new SecP256R1Curve();
    ECNamedDomainParameters domain =
        new ECNamedDomainParameters(
            X9ObjectIdentifiers.prime256v1,
            curve,
            curve.decodePoint(Hex.decode(GENERATOR)),
            curve.getOrder(),
            BigInteger.ONE);
    ECMultiplier multiplier =
        args[1].equals("devca") ? Curve.p256().multiplier() : new FixedPointCombMultiplier();
    ECPrivateKeyParameters issuer = new ECPrivateKeyParameters(secret(domain, random), domain);
    byte[] sum = new byte[32];
    for (int i = Integer.parseInt(args[0]); i > 0; i--) {
      byte[] point =
          multiplier
              .multiply(domain.getG(), secret(domain, random))
              .normalize()
              .getEncoded(false);
      SHA256Digest digest = new SHA256Digest();
      // As long as the part of a leaf that is signed.
      for (int part = 0; part < 6; part++) {
        digest.update(point, 0, point.length);
      }
      byte[] hash = new byte[32];
      digest.doFinal(hash, 0);
      ECDSASigner signer =
          new ECDSASigner() {
            @Override
            protected ECMultiplier createBasePointMultiplier() {
              return multiplier;
            }
          };
      signer.init(true, new ParametersWithRandom(issuer, random));
      BigInteger[] signature = signer.generateSignature(hash);
      sum[i % 32] ^= signature[0].byteValue();
    }
    System.out.println(Hex.toHexString(sum));
  }

  private static BigInteger secret(ECNamedDomainParameters domain, SecureRandom random) {
    return BigIntegers.createRandomInRange(
        BigInteger.ONE, domain.getN().subtract(BigInteger.ONE), random);
  }
}
