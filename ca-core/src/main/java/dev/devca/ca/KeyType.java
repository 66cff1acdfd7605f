package dev.devca.ca;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Locale;

/**
 * The kind of key in a certificate.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="request"}
 */
public enum KeyType {
  /** Elliptic curve P-256 (RFC 5480), 128-bit strength: the default, accepted by every client. */
  P256(0),
  /** Elliptic curve P-384 (RFC 5480), 192-bit strength. */
  P384(0),
  /** Ed25519 (RFC 8410), 128-bit strength. Browsers do not accept it in a certificate. */
  ED25519(0),
  /** RSA with a 2048-bit modulus, 112-bit strength: for clients that know no elliptic curves. */
  RSA2048(2048),
  /** RSA with a 3072-bit modulus, 128-bit strength. */
  RSA3072(3072),
  /** RSA with a 4096-bit modulus; making a key takes seconds. */
  RSA4096(4096);

  private final int rsaBits;

  KeyType(int rsaBits) {
    this.rsaBits = rsaBits;
  }

  /** The kind of a key, or the closest that is made here. */
  static KeyType closest(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      int bits = rsa.getModulus().bitLength();
      return bits < RSA3072.rsaBits ? RSA2048 : bits < RSA4096.rsaBits ? RSA3072 : RSA4096;
    }
    if (key instanceof ECPublicKey ec) {
      return ec.getParams().getOrder().bitLength() <= 256 ? P256 : P384;
    }
    return key.getAlgorithm().equals("EdDSA") ? ED25519 : P256;
  }

  int rsaBits() {
    return rsaBits;
  }

  /**
   * The name used on the command line and in {@link #toString}: {@code p256}, {@code rsa2048} and
   * so on.
   *
   * @return the constant's name in lower case
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return id();
  }
}
