package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.junit.jupiter.api.Test;

/** Against Bouncy Castle's own multiplication. */
class ManyMultiplesTest {
  private static final ECCurve CURVE = new SecP256R1Curve();
  private static final BigInteger N = CURVE.getOrder();
  private static final BasePoint BASE = new BasePoint(CURVE);
  private static final ManyMultiples MANY = new ManyMultiples(BASE);

  private static void assertMultiplies(BigInteger... secrets) {
    ECPoint[] expected =
        Arrays.stream(secrets)
            .map(s -> new FixedPointCombMultiplier().multiply(BASE.point(), s).normalize())
            .toArray(ECPoint[]::new);

    assertThat(MANY.of(secrets)).as(Arrays.toString(secrets)).containsExactly(expected);
  }

  @Test
  void of_anyNumbers_areTheMultiples() {
    Random random = new Random(17);
    for (int i = 0; i < 100; i++) {
      assertMultiplies(
          Stream.generate(() -> new BigInteger(256, random).mod(N))
              .limit(1 + i % 40)
              .toArray(BigInteger[]::new));
    }
  }

  @Test
  void of_eachDigitInEachPlace_areTheMultiples() {
    for (int place = 0; place < 52; place++) {
      int bits = 5 * place;
      assertMultiplies(
          Stream.iterate(1, digit -> digit < 32, digit -> digit + 1)
              .map(digit -> BigInteger.valueOf(digit).shiftLeft(bits).mod(N))
              .toArray(BigInteger[]::new));
    }
  }

  @Test
  void of_numbersAtTheEnds_areTheMultiples() {
    assertMultiplies(BasePointTest.atTheEnds().toArray(BigInteger[]::new));
  }

  /** Its last two sums are the same point, which have no slope: the only such number. */
  @Test
  void of_theOneNumberThatCannotBe_throws() {
    BigInteger one =
        new BigInteger("f83e0fe3e0f83e107c1f07fe0f83e0f7e2017c58fcbe9013eefdc0d97f9f583e", 16);

    assertThatThrownBy(() -> MANY.of(one, BigInteger.TEN)).isInstanceOf(ArithmeticException.class);
  }
}
