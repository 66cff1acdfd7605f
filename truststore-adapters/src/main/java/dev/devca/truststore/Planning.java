package dev.devca.truststore;

import java.security.cert.X509Certificate;
import java.util.List;

/** Finds out what an install would do to many stores, in the order in which it would be done. */
final class Planning {
  private static final List<String> UNKNOWN =
      List.of("what this store would do it does not say beforehand");

  private Planning() {}

  /** A plan for each store, in the order given. */
  static List<Plan> of(List<TrustStore> stores, X509Certificate root) {
    Plan[] plans = new Plan[stores.size()];
    Draft draft = new Draft();
    for (Rights rights : StoreRun.ORDER) {
      for (int i = 0; i < plans.length; i++) {
        if (StoreRun.rightsOf(stores.get(i)) == rights) {
          plans[i] = plan(stores.get(i), rights, root, draft);
          draft.add(plans[i]);
        }
      }
    }
    return List.of(plans);
  }

  private static Plan plan(TrustStore store, Rights rights, X509Certificate root, Draft draft) {
    if (rights == Rights.INVOKING_USER) {
      // Not even read as root: a link planted in that home would be followed.
      return Plan.nothing(
          store,
          new TrustResult.Unavailable("root does not look into the home", "ask as its user"));
    }
    try {
      return store.plan(root, draft);
    } catch (RuntimeException e) {
      return new Plan(StoreRun.defect(store, e), rights, List.of());
    }
  }

  /** The plan of a store that has none of its own. */
  static Plan unknown(TrustStore store, X509Certificate root) {
    TrustResult now = store.status(root);
    return now.kind() == TrustResult.Kind.NOT_TRUSTED
        ? Plan.of(store, now, List.of(new Step.Words(UNKNOWN)))
        : Plan.nothing(store, now);
  }
}
