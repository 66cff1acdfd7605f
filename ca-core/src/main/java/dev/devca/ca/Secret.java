package dev.devca.ca;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A secret number of an elliptic curve and its multiple of the base point, which is public: a key,
 * or the number that a signature uses once. Immutable; {@code toString} shows nothing of it.
 */
final class Secret {
  private final BigInteger number;
  private final ECPoint point;

  /**
   * Makes one.
   *
   * @param number from 1 to the curve's order less one
   * @param point its multiple, normalised
   */
  Secret(BigInteger number, ECPoint point) {
    this.number = number;
    this.point = point;
  }

  BigInteger number() {
    return number;
  }

  ECPoint point() {
    return point;
  }
}
