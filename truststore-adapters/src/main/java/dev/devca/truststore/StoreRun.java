package dev.devca.truststore;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One operation for one root on many stores, on each with the rights that it needs. */
final class StoreRun {
  // What root does goes first, be it this process or another.
  static final List<Rights> ORDER = List.of(Rights.ROOT, Rights.OWN, Rights.INVOKING_USER);

  private final Host host;
  private final Operation operation;
  private final X509Certificate root;
  private final Consumer<List<String>> progress;
  private final List<String> now = new ArrayList<>();

  StoreRun(Host host, Operation operation, X509Certificate root) {
    this(host, operation, root, names -> {});
  }

  StoreRun(Host host, Operation operation, X509Certificate root, Consumer<List<String>> progress) {
    this.host = host;
    this.operation = operation;
    this.root = root;
    this.progress = progress;
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
        List<Integer> mine =
            IntStream.range(0, outcomes.length)
                .filter(i -> needed.get(i) == rights)
                .boxed()
                .toList();
        try (StateLock lock = StateLock.hold(host, operation)) {
          SideBySide.run(
              lanes(stores, mine),
              i -> watched(stores.get(i)).ifPresent(outcome -> outcomes[i] = outcome));
        }
        mine.stream().filter(i -> outcomes[i] == null).forEach(elsewhere::add);
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

  /** Which stores are worked on one after another, beside those of the other lists. */
  private static List<List<Integer>> lanes(List<TrustStore> stores, List<Integer> chosen) {
    List<List<Integer>> lanes = new ArrayList<>();
    List<Integer> inTurn = chosen.stream().filter(i -> !standsAlone(stores.get(i))).toList();
    if (!inTurn.isEmpty()) {
      lanes.add(inTurn);
    }
    chosen.stream().filter(i -> standsAlone(stores.get(i))).forEach(i -> lanes.add(List.of(i)));
    return lanes;
  }

  private static boolean standsAlone(TrustStore store) {
    try {
      return store.standsAlone();
    } catch (RuntimeException e) {
      // A defect, which shows again where it is reported.
      return false;
    }
  }

  static Rights rightsOf(TrustStore store) {
    try {
      return store.rights();
    } catch (RuntimeException e) {
      // A defect, which shows again where it is reported.
      return Rights.OWN;
    }
  }

  private Optional<Outcome> watched(TrustStore store) {
    String name = store.displayName();
    tell(() -> now.add(name));
    try {
      return here(store);
    } finally {
      tell(() -> now.remove(name));
    }
  }

  private synchronized void tell(Runnable change) {
    change.run();
    progress.accept(List.copyOf(now));
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
