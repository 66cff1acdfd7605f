package dev.devca.truststore;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One operation for one root on many stores, on each with the rights that it needs. */
final class StoreRun {
  // What root does goes first, be it this process or another.
  static final List<Rights> ORDER = List.of(Rights.ROOT, Rights.OWN, Rights.INVOKING_USER);

  private final Host host;
  private final Operation operation;
  private final X509Certificate root;

  StoreRun(Host host, Operation operation, X509Certificate root) {
    this.host = host;
    this.operation = operation;
    this.root = root;
  }

  /**
   * Works on the stores.
   *
   * @return an outcome for each, in the order given
   * @throws IOException if the state cannot be locked
   */
  List<Outcome> on(List<TrustStore> stores) throws IOException {
    Outcome[] outcomes = new Outcome[stores.size()];
    List<Rights> needed = stores.stream().map(StoreRun::rightsOf).toList();
    for (Rights rights : ORDER) {
      List<Integer> elsewhere = new ArrayList<>();
      if (needed.contains(rights)) {
        try (StateLock lock = StateLock.hold(host, operation)) {
          for (int i = 0; i < outcomes.length; i++) {
            if (needed.get(i) == rights) {
              Optional<Outcome> here = here(stores.get(i));
              if (here.isPresent()) {
                outcomes[i] = here.get();
              } else {
                elsewhere.add(i);
              }
            }
          }
        }
      }
      if (!elsewhere.isEmpty()) {
        // Not under the lock: the process with the other rights takes its own.
        List<TrustStore> others = elsewhere.stream().map(stores::get).toList();
        List<Outcome> done = host.elevation().run(rights, operation, others, root);
        for (int k = 0; k < done.size(); k++) {
          outcomes[elsewhere.get(k)] = done.get(k);
        }
      }
    }
    return List.of(outcomes);
  }

  static Rights rightsOf(TrustStore store) {
    try {
      return store.rights();
    } catch (RuntimeException e) {
      // A defect, which shows again where it is reported.
      return Rights.OWN;
    }
  }

  /** The outcome, or empty if the store needs other rights to get there. */
  Optional<Outcome> here(TrustStore store) {
    TrustResult result;
    try {
      Rights rights = store.rights();
      if (rights == Rights.INVOKING_USER) {
        // Not even read as root: a link planted in that home would be followed.
        return Optional.empty();
      }
      if (operation == Operation.STATUS || rights == Rights.OWN) {
        result = operation.apply(store, root);
      } else {
        TrustResult.Kind goal =
            operation == Operation.INSTALL
                ? TrustResult.Kind.TRUSTED
                : TrustResult.Kind.NOT_TRUSTED;
        result = store.status(root);
        if (result.kind() != goal && result.kind() != TrustResult.Kind.ABSENT) {
          return Optional.empty();
        }
      }
    } catch (RuntimeException e) {
      // A defect of one store, perhaps a third party's, must not stop the others.
      return Optional.of(defect(store, e));
    }
    return Optional.of(new Outcome(store.id(), store.displayName(), result));
  }

  static Outcome defect(TrustStore store, RuntimeException e) {
    return new Outcome(
        store.id(),
        store.displayName(),
        new TrustResult.Failed("the store has a defect: " + e, "report it to its author"));
  }
}
