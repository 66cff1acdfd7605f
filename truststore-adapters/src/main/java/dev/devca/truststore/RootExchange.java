package dev.devca.truststore;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts a new root in the place of an old one, in the stores that trust the old one: first beside
 * it, then alone. Each step answers with what was read after it, and none takes back what it began:
 * that is {@link #goBack}, also for a process that comes after one that died. Immutable; for one
 * thread at a time.
 *
 * {@snippet class="dev.devca.truststore.Snippets" region="exchange"}
 */
public final class RootExchange {
  private static final String AGAIN = "mend that, and begin again";

  private final TrustStores stores;
  private final X509Certificate old;
  private final X509Certificate next;

  /**
   * An exchange in some stores.
   *
   * @param stores the stores; those that trust neither root are left alone
   * @param old the root that is to go
   * @param next the root that is to come
   */
  public RootExchange(TrustStores stores, X509Certificate old, X509Certificate next) {
    this.stores = stores;
    this.old = old;
    this.next = next;
  }

  /**
   * What a step came to.
   *
   * @param done whether each store is as the step wants it
   * @param outcomes an outcome for each store that had a part in it
   */
  public record Step(boolean done, List<Outcome> outcomes) {
    /** Keeps a copy of the outcomes. */
    public Step {
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * Reads the stores. One of which it cannot be read whether it trusts the old root is to be mended
   * or left out before anything is changed.
   *
   * @return done if there is no such store; those that are
   */
  public Step check() {
    List<Outcome> unclear = unclear(stores.status(old));
    return new Step(unclear.isEmpty(), unclear);
  }

  private static List<Outcome> unclear(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(o -> is(o, TrustResult.Kind.UNAVAILABLE) || is(o, TrustResult.Kind.FAILED))
        .toList();
  }

  /**
   * Makes each store that trusts the old root trust the new one too; none if one of them cannot be
   * read.
   *
   * @return done if all of them trust both
   */
  public Step bringIn() {
    List<Outcome> now = stores.status(old);
    if (!unclear(now).isEmpty()) {
      return new Step(false, unclear(now));
    }
    Set<String> machines = with(now, TrustResult.Kind.TRUSTED);
    Set<String> users =
        stores.userOnly().stores().stream().map(TrustStore::id).collect(Collectors.toSet());
    users.retainAll(machines);
    machines.removeAll(users);
    List<Outcome> outcomes = new ArrayList<>(run(machines, Operation.INSTALL, next));
    // Some stores of a user go by what the machine's hold: nothing is built on what is to go back.
    if (allTrust(outcomes)) {
      outcomes.addAll(run(users, Operation.INSTALL, next));
    }
    return new Step(allTrust(outcomes), outcomes);
  }

  private static boolean allTrust(List<Outcome> outcomes) {
    return outcomes.stream().allMatch(outcome -> is(outcome, TrustResult.Kind.TRUSTED));
  }

  /**
   * Takes the old root out of each store; of none if one of them cannot be read, for nobody would
   * look for it there again.
   *
   * @return done if none of them trusts it any more, and each that did trusts the new one
   */
  public Step takeOut() {
    List<Outcome> now = stores.status(old);
    if (!unclear(now).isEmpty()) {
      return new Step(false, unclear(now));
    }
    Set<String> trusting = with(now, TrustResult.Kind.TRUSTED);
    if (trusting.isEmpty()) {
      // A process that was killed had taken it out of all of them; the note of it is left.
      stores.uninstall(old);
      return new Step(true, List.of());
    }
    List<Outcome> taken = run(trusting, Operation.UNINSTALL, old);
    Set<String> left = with(run(trusting, Operation.STATUS, next), TrustResult.Kind.TRUSTED);
    List<Outcome> outcomes = new ArrayList<>();
    boolean done = true;
    for (Outcome outcome : taken) {
      boolean out = is(outcome, TrustResult.Kind.NOT_TRUSTED) || isGone(outcome);
      boolean lost = out && !isGone(outcome) && !left.contains(outcome.storeId());
      outcomes.add(lost ? failed(outcome, "it does not trust the new root any more") : outcome);
      done &= out && !lost;
    }
    return new Step(done, outcomes);
  }

  /**
   * Leaves each store as it was before {@link #bringIn}: the old root trusted where the new one is,
   * and the new one gone. A store that cannot get the old one again keeps the new one.
   *
   * @return done if that is so
   */
  public Step goBack() {
    Set<String> exchanged = with(stores.status(next), TrustResult.Kind.TRUSTED);
    exchanged.removeAll(with(stores.status(old), TrustResult.Kind.TRUSTED));
    List<Outcome> stuck =
        run(exchanged, Operation.INSTALL, old).stream()
            .filter(outcome -> !is(outcome, TrustResult.Kind.TRUSTED))
            .toList();
    Set<String> kept = stuck.stream().map(Outcome::storeId).collect(Collectors.toSet());
    Set<String> rest =
        stores.stores().stream()
            .map(TrustStore::id)
            .filter(id -> !kept.contains(id))
            .collect(Collectors.toSet());
    // Also where the new one is not trusted: what a failure left of it goes too.
    List<Outcome> outcomes = new ArrayList<>(stuck);
    boolean done = stuck.isEmpty();
    for (Outcome outcome : run(rest, Operation.UNINSTALL, next)) {
      boolean out = is(outcome, TrustResult.Kind.NOT_TRUSTED) || isGone(outcome);
      if (!out || outcome.result().equals(new TrustResult.NotTrusted(true))) {
        outcomes.add(outcome);
      }
      done &= out;
    }
    return new Step(done, outcomes);
  }

  private List<Outcome> run(Set<String> ids, Operation operation, X509Certificate root) {
    return ids.isEmpty() ? List.of() : stores.only(ids.toArray(String[]::new)).run(operation, root);
  }

  private static Set<String> with(List<Outcome> outcomes, TrustResult.Kind kind) {
    return outcomes.stream()
        .filter(outcome -> is(outcome, kind))
        .map(Outcome::storeId)
        .collect(Collectors.toSet());
  }

  private static boolean isGone(Outcome outcome) {
    return is(outcome, TrustResult.Kind.ABSENT);
  }

  private static boolean is(Outcome outcome, TrustResult.Kind kind) {
    return outcome.result().kind() == kind;
  }

  private static Outcome failed(Outcome outcome, String reason) {
    return new Outcome(
        outcome.storeId(), outcome.displayName(), new TrustResult.Failed(reason, AGAIN));
  }
}
