package dev.devca.truststore;

import java.util.List;

/**
 * What an install would do to one store. Immutable.
 *
 * @param outcome what it would answer
 * @param rights whose rights the steps need
 * @param steps what it would do, in order; empty where there is nothing to do
 */
public record Plan(Outcome outcome, Rights rights, List<Step> steps) {
  /** Takes a copy. */
  public Plan {
    steps = List.copyOf(steps);
  }

  /**
   * The plan of a store.
   *
   * @param store the store
   * @param result what its install would answer
   * @param steps what it would do
   * @return the plan
   */
  public static Plan of(TrustStore store, TrustResult result, List<Step> steps) {
    return new Plan(
        new Outcome(store.id(), store.displayName(), result), store.rights(), List.copyOf(steps));
  }

  /** The plan of a store with nothing to do. */
  static Plan nothing(TrustStore store, TrustResult result) {
    return of(store, result, List.of());
  }

  /** The plan of a store that is trusted by the time, since a store before it feeds its file. */
  static Plan fed(TrustStore store) {
    return nothing(store, new TrustResult.Trusted(true, "another store's program brings the root"));
  }
}
