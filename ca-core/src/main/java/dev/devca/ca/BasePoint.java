package dev.devca.ca;

import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.math.ec.AbstractECMultiplier;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECLookupTable;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The base point of P-256, to be multiplied by secrets. Bouncy Castle's own way looks through 64
 * points for each of 43 steps, and doubles 215 times before the first: here it is 64 times 8
 * points, and a process begins with those of {@link BasePointMultiples}. Thread-safe; what changes
 * is how many tables there are.
 *
 * <p>A number is written in 64 {@link OddDigits} of four bits. A table holds the odd multiples for
 * one digit of eight; for the others all is doubled in between (Lim and Lee, More Flexible
 * Exponentiation with Precomputation, 1994).
 */
final class BasePoint extends AbstractECMultiplier {
  private static final int DIGIT = 4;
  private static final int DIGITS = 64;
  private static final int ODD = BasePointMultiples.odd();

  // From then on a table for each digit pays: to make them takes as long as 64 numbers save.
  private static final int MANY = 64;

  private final ECPoint point;
  private final OddDigits digits;
  private final AtomicInteger uses = new AtomicInteger();
  private volatile ECLookupTable[] tables;

  BasePoint(ECCurve p256) {
    digits = new OddDigits(p256.getOrder(), DIGIT);
    tables = written(p256);
    // Once the lowest power.
    point = tables[0].lookup(0);
  }

  /** The odd multiples for each digit of which they are written down. */
  private static ECLookupTable[] written(ECCurve p256) {
    ECLookupTable[] tables = new ECLookupTable[BasePointMultiples.powers()];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = p256.createCacheSafeLookupTable(BasePointMultiples.of(p256, i), 0, ODD);
    }
    return tables;
  }

  /** The odd multiples for each digit. */
  private ECLookupTable[] all() {
    ECPoint[] odd = new ECPoint[DIGITS * ODD];
    for (int first = 0; first < odd.length; first += ODD) {
      odd[first] = first == 0 ? point : odd[first - ODD].timesPow2(DIGIT);
      ECPoint two = odd[first].twice();
      for (int i = first + 1; i < first + ODD; i++) {
        odd[i] = odd[i - 1].add(two);
      }
    }
    ECCurve p256 = point.getCurve();
    p256.normalizeAll(odd);
    ECLookupTable[] all = new ECLookupTable[DIGITS];
    for (int i = 0; i < all.length; i++) {
      all[i] = p256.createCacheSafeLookupTable(odd, i * ODD, ODD);
    }
    return all;
  }

  ECPoint point() {
    return point;
  }

  @Override
  protected ECPoint multiplyPositive(ECPoint p, BigInteger k) {
    if (!point.equals(p)) {
      throw new IllegalArgumentException("another point than the base point of P-256");
    }
    if (uses.incrementAndGet() == MANY) {
      // Other threads go on with the fewer ones meanwhile.
      tables = all();
    }
    return multiply(digits.of(k), tables);
  }

  private ECPoint multiply(byte[] secret, ECLookupTable[] found) {
    int spacing = DIGITS / found.length;
    ECPoint sum = point.getCurve().getInfinity();
    for (int round = spacing - 1; round >= 0; round--) {
      sum = sum.timesPow2(DIGIT);
      for (int table = 0; table < found.length; table++) {
        sum = sum.add(odd(found[table], secret[table * spacing + round]));
      }
    }
    return sum;
  }

  /** A digit times the point of a table: its sign alone chooses a place. */
  private ECPoint odd(ECLookupTable table, int digit) {
    ECPoint positive = table.lookup(digits.multiple(digit));
    ECPoint[] both = {positive.negate(), positive};
    return both[digits.sign(digit)];
  }
}
