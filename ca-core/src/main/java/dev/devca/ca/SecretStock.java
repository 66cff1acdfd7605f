package dev.devca.ca;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of P-256 that are made many at once, ahead of their use, and given out once each; one
 * that is older than a second, never. Thread-safe.
 */
final class SecretStock {
  // So many that the division that they share hardly counts beside 300 products for each.
  private static final int AT_ONCE = 32;
  // Some hundred times what a batch takes to use them up. Two signatures with one number give the
  // key away: a copy of a machine's memory that comes to life later must not go on with these.
  private static final long LIMIT_MILLIS = 1000;

  private final Queue<Ready> ready = new ConcurrentLinkedQueue<>();
  private final SecureRandom random;

  SecretStock(SecureRandom random) {
    this.random = random;
  }

  /** A secret and when it was made: by the clock that a copy goes on with, and by the calendar. */
  private record Ready(Secret secret, long nanos, long millis) {
    Ready(Secret secret) {
      this(secret, System.nanoTime(), System.currentTimeMillis());
    }

    boolean isFresh() {
      return isShort(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos))
          && isShort(System.currentTimeMillis() - millis);
    }

    private static boolean isShort(long time) {
      return time >= 0 && time < LIMIT_MILLIS;
    }
  }

  Secret next() {
    for (@Nullable Ready next = ready.poll(); next != null; next = ready.poll()) {
      if (next.isFresh()) {
        return next.secret();
      }
    }
    return make();
  }

  /** Each thread that finds nothing makes as many: none waits for another. */
  private Secret make() {
    BigInteger[] numbers = new BigInteger[AT_ONCE];
    for (int i = 0; i < AT_ONCE; i++) {
      numbers[i] = Curve.p256().newNumber(random);
    }
    List<Secret> made = Curve.p256Secrets(numbers);
    made.subList(1, AT_ONCE).forEach(secret -> ready.add(new Ready(secret)));
    return made.get(0);
  }
}
