package dev.devca.ca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Which keys of others get a certificate. */
final class RequestedKey {
  private static final int LEAST_RSA_BITS = 2048;
  // As much as OpenSSL takes: a larger one is there to keep verifiers busy.
  private static final int MOST_RSA_BITS = 16384;
  private static final Set<ASN1ObjectIdentifier> CURVES =
      Set.of(
          X9ObjectIdentifiers.prime256v1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);

  private RequestedKey() {}

  /**
   * The key as the JDK's own, which checks signatures of every kind.
   *
   * @throws IOException if it is weak, odd or broken; the message says which
   */
  static PublicKey checked(SubjectPublicKeyInfo key) throws IOException {
    String algorithm = key.getAlgorithm().getAlgorithm().getId();
    switch (algorithm) {
      case "1.2.840.113549.1.1.1" -> {
        checkRsa(parameters(key));
        return jdk("RSA", key);
      }
      case "1.2.840.10045.2.1" -> {
        // By name alone: parameters of one's own can make any key fit any signature.
        if (!(key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve)
            || !CURVES.contains(curve)) {
          throw new IOException("its curve is none of P-256, P-384 and P-521");
        }
        parameters(key);
        return jdk("EC", key);
      }
      case "1.3.101.112", "1.3.101.113" -> {
        parameters(key);
        return jdk("EdDSA", key);
      }
      default ->
          throw new IOException(
              "the key algorithm "
                  + algorithm
                  + " is none of RSA, P-256, P-384, P-521, Ed25519 and Ed448");
    }
  }

  private static PublicKey jdk(String algorithm, SubjectPublicKeyInfo key) throws IOException {
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("its key is malformed", e);
    }
  }

  private static void checkRsa(AsymmetricKeyParameter key) throws IOException {
    RSAKeyParameters rsa = (RSAKeyParameters) key;
    int bits = rsa.getModulus().bitLength();
    if (bits < LEAST_RSA_BITS) {
      throw new IOException("an RSA key of " + bits + " bits is too weak");
    }
    if (bits > MOST_RSA_BITS) {
      throw new IOException("an RSA key of " + bits + " bits is too large");
    }
    if (rsa.getExponent().bitLength() < 2) {
      throw new IOException("an RSA key with the exponent 1 is none");
    }
  }

  /** Checks that a point is on its curve, that a modulus can be one, and that lengths fit. */
  private static AsymmetricKeyParameter parameters(SubjectPublicKeyInfo key) throws IOException {
    try {
      return PublicKeyFactory.createKey(key);
    } catch (RuntimeException e) {
      throw new IOException("its key is malformed", e);
    }
  }
}
