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
 * that was not used for a second, never. Thread-safe.
 */
final class SecretStock {
  // So many that the division that they share hardly counts beside 300 products for each.
  private static final int AT_ONCE = 32;
  // Some hundred times what a batch takes to use them up. A copy of a machine that comes to life
  // later must not sign with the same numbers: two signatures with one give the key away.
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Queue<Ready> ready = new ConcurrentLinkedQueue<>();
  private final SecureRandom random;

  SecretStock(SecureRandom random) {
    this.random = random;
  }

  /** A secret and when it was made. */
  private record Ready(Secret secret, long nanos) {}

  Secret next() {
    for (@Nullable Ready next = ready.poll(); next != null; next = ready.poll()) {
      if (System.nanoTime() - next.nanos() < LIMIT_NANOS) {
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
    long now = System.nanoTime();
    List<Secret> made = Curve.p256Secrets(numbers);
    made.subList(1, AT_ONCE).forEach(secret -> ready.add(new Ready(secret, now)));
    return made.get(0);
  }
}
