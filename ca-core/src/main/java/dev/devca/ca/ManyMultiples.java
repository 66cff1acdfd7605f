package dev.devca.ca;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Field;
import org.bouncycastle.math.raw.Nat256;

/**
 * The base point of P-256 times many secrets at once, for half the work of one after another: the
 * points that their digits choose are added in pairs, and then those sums, until there is one for
 * each. A sum of two points divides by the difference of their x; all that are added at once share
 * one division (Montgomery, Speeding the Pollard and Elliptic Curve Methods of Factorization, 1987,
 * §10.3.1). Thread-safe.
 */
final class ManyMultiples {
  // Of five bits: of more, the work of looking through the table is more than what is saved.
  private static final int DIGIT = 5;
  private static final int WORDS = 8;
  private static final int LONGS = WORDS / 2;

  private final BasePoint base;
  private final OddDigits digits;
  // For each digit and each of its multiples the x and the y, the lowest bits first.
  private final long[] table;

  ManyMultiples(BasePoint base) {
    this.base = base;
    ECCurve p256 = base.point().getCurve();
    digits = new OddDigits(p256.getOrder(), DIGIT);
    ECPoint[] odd = new ECPoint[digits.count() * digits.multiples()];
    ECPoint first = base.point();
    ECPoint two = first.twice();
    for (int i = 0; i < odd.length; i++) {
      boolean begins = i % digits.multiples() == 0;
      if (begins && i > 0) {
        first = first.timesPow2(DIGIT);
        two = first.twice();
      }
      odd[i] = begins ? first : odd[i - 1].add(two);
    }
    p256.normalizeAll(odd);
    table = new long[odd.length * 2 * LONGS];
    for (int i = 0; i < odd.length; i++) {
      put(odd[i].getAffineXCoord(), 2 * i * LONGS);
      put(odd[i].getAffineYCoord(), (2 * i + 1) * LONGS);
    }
  }

  private void put(ECFieldElement coordinate, int place) {
    BigInteger number = coordinate.toBigInteger();
    for (int i = 0; i < LONGS; i++) {
      table[place + i] = number.shiftRight(i * Long.SIZE).longValue();
    }
  }

  /**
   * The multiples.
   *
   * @param secrets numbers from 1 to the order less one
   * @return a point for each, normalised
   */
  ECPoint[] of(BigInteger... secrets) {
    int[][] x = new int[digits.count() * secrets.length][WORDS];
    int[][] y = new int[x.length][WORDS];
    for (int i = 0; i < secrets.length; i++) {
      byte[] secret = digits.of(secrets[i]);
      for (int place = 0; place < secret.length; place++) {
        choose(place, secret[place], x, y, place * secrets.length + i);
      }
    }
    int sums = digits.count();
    while (sums > 1) {
      // Of an odd number the one in the middle waits.
      int added = sums / 2;
      sums -= added;
      addPairs(sums * secrets.length, added * secrets.length, x, y);
    }
    ECPoint[] multiples = new ECPoint[secrets.length];
    for (int i = 0; i < multiples.length; i++) {
      multiples[i] =
          base.point().getCurve().createPoint(Nat256.toBigInteger(x[i]), Nat256.toBigInteger(y[i]));
    }
    return multiples;
  }

  /** A point of the table: all for its digit are looked at, so that no other program sees which. */
  private void choose(int place, int digit, int[][] x, int[][] y, int to) {
    int wanted = digits.multiple(digit);
    int from = place * digits.multiples() * 2 * LONGS;
    long[] point = new long[2 * LONGS];
    for (int multiple = 0; multiple < digits.multiples(); multiple++) {
      long mask = (((long) multiple ^ wanted) - 1) >> (Long.SIZE - 1);
      for (int i = 0; i < point.length; i++) {
        point[i] |= table[from + i] & mask;
      }
      from += point.length;
    }
    int[] negative = new int[WORDS];
    for (int i = 0; i < WORDS; i++) {
      int shift = i % 2 * Integer.SIZE;
      x[to][i] = (int) (point[i / 2] >>> shift);
      y[to][i] = (int) (point[LONGS + i / 2] >>> shift);
    }
    SecP256R1Field.negate(y[to], negative);
    int mask = digits.sign(digit) - 1;
    for (int i = 0; i < WORDS; i++) {
      y[to][i] ^= (y[to][i] ^ negative[i]) & mask;
    }
  }

  /**
   * Adds to each of the first points the one that lies so many places behind it. Those are never
   * the same or opposite, for then their digits would make a multiple of the order: those of the
   * last two do for one number of all, with which Bouncy Castle throws, and fewer are too small.
   */
  private static void addPairs(int distance, int count, int[][] x, int[][] y) {
    int[][] products = new int[count][WORDS];
    int[] wide = new int[2 * WORDS];
    for (int i = 0; i < count; i++) {
      int[] difference = x[distance + i];
      SecP256R1Field.subtract(difference, x[i], difference);
      if (i == 0) {
        products[0] = difference;
      } else {
        SecP256R1Field.multiply(products[i - 1], difference, products[i], wide);
      }
    }
    int[] rest = new int[WORDS];
    SecP256R1Field.inv(products[count - 1], rest);
    int[] slope = new int[WORDS];
    int[] sum = new int[WORDS];
    for (int i = count - 1; i >= 0; i--) {
      int[] difference = x[distance + i];
      SecP256R1Field.subtract(y[distance + i], y[i], slope);
      SecP256R1Field.multiply(slope, rest, slope, wide);
      if (i > 0) {
        SecP256R1Field.multiply(slope, products[i - 1], slope, wide);
        SecP256R1Field.multiply(rest, difference, rest, wide);
      }
      SecP256R1Field.square(slope, sum, wide);
      SecP256R1Field.subtract(sum, difference, sum);
      SecP256R1Field.subtract(sum, x[i], sum);
      SecP256R1Field.subtract(sum, x[i], sum);
      SecP256R1Field.subtract(x[i], sum, x[i]);
      SecP256R1Field.multiply(x[i], slope, slope, wide);
      SecP256R1Field.subtract(slope, y[i], y[i]);
      System.arraycopy(sum, 0, x[i], 0, WORDS);
    }
  }
}
