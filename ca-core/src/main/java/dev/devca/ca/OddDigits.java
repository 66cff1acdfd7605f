package dev.devca.ca;

import java.math.BigInteger;
import org.bouncycastle.util.BigIntegers;

/**
 * Numbers modulo the order of a curve in digits of some bits that are odd: from −15 to 15 for four
 * bits. None is zero, so that each step of a multiplication is the same (Joye and Tunstall,
 * Exponent Recoding and Regular Exponentiation Algorithms, 2009). Immutable.
 *
 * <p>A digit is written as the d for which it is 2d − (2^bits − 1).
 */
final class OddDigits {
  private final BigInteger order;
  private final BigInteger shift;
  private final int bits;
  private final int count;

  OddDigits(BigInteger order, int bits) {
    this.order = order;
    this.bits = bits;
    this.count = (order.bitLength() + bits - 1) / bits;
    this.shift = BigInteger.ONE.shiftLeft(count * bits).mod(order);
  }

  int bits() {
    return bits;
  }

  /** How many digits a number has. */
  int count() {
    return count;
  }

  /** How many multiples of a point the digits have, but for their sign: 1, 3, 5 and so on. */
  int multiples() {
    return 1 << (bits - 1);
  }

  /** The digits of a number, the lowest first. */
  byte[] of(BigInteger number) {
    // All digits at their highest make 2^(bits count) − 1; the lowest bit of an odd number is no
    // part of a digit.
    BigInteger shifted = number.add(shift).mod(order);
    BigInteger[] evenAndOdd = {shifted.add(order), shifted};
    BigInteger odd = evenAndOdd[shifted.testBit(0) ? 1 : 0];
    // With one octet more at the end of the highest digit.
    byte[] octets =
        BigIntegers.asUnsignedByteArray(count * bits / Byte.SIZE + 2, odd.shiftRight(1));
    byte[] digits = new byte[count];
    for (int i = 0; i < count; i++) {
      int low = octets.length - 1 - i * bits / Byte.SIZE;
      int both = (octets[low - 1] & 0xff) << Byte.SIZE | (octets[low] & 0xff);
      digits[i] = (byte) (both >> (i * bits % Byte.SIZE) & ((1 << bits) - 1));
    }
    return digits;
  }

  /** 0 for a negative digit, 1 for a positive one. */
  int sign(int digit) {
    return digit >> (bits - 1);
  }

  /** Which of the multiples a digit takes: without a branch, for it is secret. */
  int multiple(int digit) {
    return (digit ^ (sign(digit) - 1)) & (multiples() - 1);
  }
}
