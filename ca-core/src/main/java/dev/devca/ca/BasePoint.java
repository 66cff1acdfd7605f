package dev.devca.ca;

import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.math.ec.AbstractECMultiplier;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECLookupTable;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.encoders.Hex;

/**
 * The base point of P-256, to be multiplied by secrets. Bouncy Castle's own way looks through 64
 * points for each of 43 steps, and doubles 215 times before the first: here it is 64 times 8
 * points, and what would be doubled stands below. Thread-safe; what changes is how many tables
 * there are.
 *
 * <p>A number is written in 64 {@link OddDigits} of four bits. A table holds the odd multiples for
 * one digit of eight; for the others all is doubled in between (Lim and Lee, More Flexible
 * Exponentiation with Precomputation, 1994).
 */
final class BasePoint extends AbstractECMultiplier {
  private static final int DIGIT = 4;
  private static final int DIGITS = 64;
  private static final int ODD = 8;

  // The x and y of the base point (SEC 2 §2.4.2) times 2^0, 2^32, 2^64 and so on.
  private static final String[] MULTIPLES = {
    "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
        + "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5",
    "7FE36B40AF22AF8921656B32262C71DA1AB919365C65DFB63A5A9E22185A5943"
        + "E697D45825B636249F09F40407DCA6F174B3D5867B8AF212D50D152C699CA101",
    "0FA822BC2811AAA58492592E326E25DE29493BAAAD651F7E90E75CB48E14DB63"
        + "BFF44AE8F5DBA80D6F4AD4BCB3DF188B34B1A65050FE82F5E41124545F462EE7",
    "4A5B506612A677A657880B3A18A2E902E9A521B074CA0141A84AA9397512218E"
        + "EB13461CEAC089F1C42604FBE1627D40626DB15419E26D9D0BEADA7A4C4F3840",
    "447D739BEEDB5E67FB982FD588C6766EFC35FF7DC297EAC357C84FC9D789BD85"
        + "2D4825AB834131EEE12E9D953A4AAFF73D349B95A7FAE5000C7E33C972E25B32",
    "8A535F566EC73617F5622DF4373713269E4C35874AFDF43AAEE9C75DF7F82F2A"
        + "0455C08468B08BD737E02819085A92BFCDE533864C8C7669C5F9A0AC223094B7",
    "A6D39677A78492762736FF8344315FC596439591A3C6B94A6CF20FFB313728BE"
        + "674F84749B0B881666B8BABD2D27ECDF824A920C2284059BF2BAB833C357F5F4",
    "68F6B8542783DFEEEB5B06E70CE08FFEFD75F3FA01876BD86A703F10E895DF07"
        + "CBE1FEBA92E40CE6FBC8044DFDA45028CF5293D2F310BF7F90C76F8A78712655"
  };

  private static final int SPACING = DIGITS / MULTIPLES.length;

  // From then on a table for each digit pays: to make them takes as long as 64 numbers save.
  private static final int MANY = 64;

  private final ECPoint point;
  private final OddDigits digits;
  private final AtomicInteger uses = new AtomicInteger();
  private volatile ECLookupTable[] tables;

  BasePoint(ECCurve p256) {
    point = multiple(p256, 0);
    digits = new OddDigits(p256.getOrder(), DIGIT);
    tables = tables(p256, SPACING);
  }

  private static ECPoint multiple(ECCurve p256, int i) {
    return p256.decodePoint(Hex.decode("04" + MULTIPLES[i]));
  }

  /** The odd multiples for every so many digits. */
  private static ECLookupTable[] tables(ECCurve p256, int spacing) {
    ECLookupTable[] tables = new ECLookupTable[DIGITS / spacing];
    ECPoint[] odd = new ECPoint[tables.length * ODD];
    for (int first = 0; first < odd.length; first += ODD) {
      int digit = first / ODD * spacing;
      odd[first] =
          digit % SPACING == 0
              ? multiple(p256, digit / SPACING)
              : odd[first - ODD].timesPow2(spacing * DIGIT);
      ECPoint two = odd[first].twice();
      for (int i = first + 1; i < first + ODD; i++) {
        odd[i] = odd[i - 1].add(two);
      }
    }
    p256.normalizeAll(odd);
    for (int i = 0; i < tables.length; i++) {
      tables[i] = p256.createCacheSafeLookupTable(odd, i * ODD, ODD);
    }
    return tables;
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
      tables = tables(point.getCurve(), 1);
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
