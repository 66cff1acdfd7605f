package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against Bouncy Castle's own multiplication. */
class BasePointTest {
  private static final ECCurve CURVE = new SecP256R1Curve();
  private static final BigInteger N = CURVE.getOrder();
  private static final BasePoint BASE = new BasePoint(CURVE);

  // With the tables of a process that has just begun: it has more from the 64th number on.
  private static final int FEW = 60;
  private static BasePoint fresh = new BasePoint(CURVE);
  private static int used;

  private static void assertMultiplies(BigInteger secret) {
    if (++used % FEW == 0) {
      fresh = new BasePoint(CURVE);
    }
    ECPoint expected = new FixedPointCombMultiplier().multiply(BASE.point(), secret).normalize();
    for (BasePoint base : List.of(fresh, BASE)) {
      assertThat(base.multiply(base.point(), secret).normalize())
          .as("times %s", secret.toString(16))
          .isEqualTo(expected);
    }
  }

  static Stream<BigInteger> atTheEnds() {
    return Stream.of(
            IntStream.rangeClosed(1, 40).mapToObj(BigInteger::valueOf),
            IntStream.rangeClosed(1, 40).mapToObj(i -> N.subtract(BigInteger.valueOf(i))),
            IntStream.range(1, 256).mapToObj(BigInteger.ONE::shiftLeft),
            IntStream.range(1, 256).mapToObj(i -> N.subtract(BigInteger.ONE.shiftLeft(i))),
            IntStream.range(1, 256)
                .mapToObj(i -> BigInteger.ONE.shiftLeft(i).subtract(BigInteger.ONE)),
            // Where the digits begin anew.
            Stream.of(
                BigInteger.ONE.shiftLeft(256).mod(N),
                BigInteger.ONE.shiftLeft(256).negate().mod(N)))
        .flatMap(numbers -> numbers)
        .filter(number -> number.signum() > 0 && number.compareTo(N) < 0);
  }

  @ParameterizedTest
  @MethodSource("atTheEnds")
  void multiply_numberOfFewBits_isTheMultiple(BigInteger secret) {
    assertMultiplies(secret);
  }

  @Test
  void multiply_anyNumber_isTheMultiple() {
    Random random = new Random(17);
    for (int i = 0; i < 2000; i++) {
      assertMultiplies(new BigInteger(256, random).mod(N));
    }
  }

  @Test
  void multiply_eachDigitInEachPlace_isTheMultiple() {
    for (int place = 0; place < 64; place++) {
      for (int digit = 1; digit < 16; digit++) {
        assertMultiplies(BigInteger.valueOf(digit).shiftLeft(4 * place).mod(N));
      }
    }
  }

  @Test
  void multiply_anotherPoint_isRefused() {
    ECPoint other = BASE.point().twice();

    assertThatThrownBy(() -> BASE.multiply(other, BigInteger.TEN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
