package dev.devca.ca;

/**
 * The seed of tests whose input is random: the same each time, so that a build tells of a change
 * and not of its luck. {@code -Ddevca.seed} takes another.
 */
final class Seed {
  private Seed() {}

  static long get() {
    return Long.getLong("devca.seed", 17);
  }
}
