package dev.devca.truststore;

import dev.devca.ca.CaException;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.CreatedFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The trust stores of a host, all or some of them. Every store stands alone: one that fails stops
 * no other. Stores that need other rights are handed to {@link Host#elevation} in one go, and only
 * if there is something to change. Immutable; operations are for one thread at a time.
 *
 * {@snippet class="dev.devca.truststore.Snippets" region="install"}
 */
public final class TrustStores {
  private static final String RETRY = "mend that and run the same command again";

  private final Host host;
  private final List<TrustStore> all;
  private final List<TrustStore> selected;
  private final Optional<Path> caFolder;
  private final Consumer<List<String>> progress;

  private TrustStores(
      Host host,
      List<TrustStore> all,
      List<TrustStore> selected,
      Optional<Path> caFolder,
      Consumer<List<String>> progress) {
    this.host = host;
    this.all = List.copyOf(all);
    this.selected = List.copyOf(selected);
    this.caFolder = caFolder;
    this.progress = progress;
  }

  private TrustStores choose(List<TrustStore> some) {
    return new TrustStores(host, all, some, caFolder, progress);
  }

  /**
   * Finds the stores of a host by every {@link TrustStoreProvider} that the class loader of this
   * class finds.
   *
   * @param host the machine
   * @return all of its stores
   */
  public static TrustStores on(Host host) {
    return of(host, Providers.discover(host));
  }

  /** These very stores, as if they were all of the host. */
  static TrustStores of(Host host, List<TrustStore> stores) {
    return new TrustStores(host, stores, stores, Optional.empty(), names -> {});
  }

  /**
   * The stores of these very ids, in the order given: for a process that was asked for them by one
   * that saw more of the machine, such as its {@code JAVA_HOME}.
   *
   * @param host the machine
   * @param ids ids of stores
   * @return the stores
   * @throws IllegalArgumentException if an id matches no store
   */
  public static TrustStores exactly(Host host, String... ids) {
    List<TrustStore> all = new ArrayList<>(Providers.discover(host));
    for (String id : ids) {
      if (all.stream().noneMatch(matches(id))) {
        Path place = host.path(id.substring(id.indexOf(':') + 1));
        if (id.startsWith(JavaCacertsStore.KIND + ":")) {
          all.add(JavaProvider.keystore(host, place, List.of(place.toString())));
        } else if (id.startsWith(NssStore.KIND + ":")) {
          all.add(NssProvider.at(host, place));
        }
      }
    }
    TrustStores found = of(host, all);
    found.check(ids);
    List<TrustStore> asked =
        List.of(ids).stream()
            .flatMap(id -> all.stream().filter(store -> store.id().equals(id)).limit(1))
            .toList();
    return found.choose(asked);
  }

  /**
   * Some of these stores.
   *
   * @param ids ids of stores, or of kinds of stores such as {@code java}
   * @return those that match one of the ids
   * @throws IllegalArgumentException if an id matches no store; the message lists the known ones
   */
  public TrustStores only(String... ids) {
    check(ids);
    return choose(selected.stream().filter(matches(ids)).toList());
  }

  /**
   * All of these stores but some.
   *
   * @param ids ids of stores, or of kinds of stores such as {@code java}
   * @return those that match none of the ids
   * @throws IllegalArgumentException if an id matches no store; the message lists the known ones
   */
  public TrustStores skip(String... ids) {
    check(ids);
    return choose(selected.stream().filter(matches(ids).negate()).toList());
  }

  /**
   * Those of these stores that lie in the home and need no rights but its user's: nothing of the
   * machine is changed, and nobody is asked for a password.
   *
   * @return the stores for which {@link TrustStore#isPerUser} holds, without those whose files
   *     belong to root all the same
   */
  public TrustStores userOnly() {
    return choose(selected.stream().filter(TrustStores::isUsersOwn).toList());
  }

  private static boolean isUsersOwn(TrustStore store) {
    try {
      return store.isPerUser() && store.rights() != Rights.ROOT;
    } catch (RuntimeException e) {
      // Of a store with such a defect nothing is known that would allow it.
      return false;
    }
  }

  private void check(String... ids) {
    for (String id : ids) {
      if (all.stream().noneMatch(matches(id)) && !Providers.KINDS.contains(id)) {
        List<String> known = new ArrayList<>(Providers.KINDS);
        all.stream().map(TrustStore::id).filter(i -> !known.contains(i)).forEach(known::add);
        throw new IllegalArgumentException(
            "there is no store '" + id + "'; known are " + String.join(", ", known));
      }
    }
  }

  private static Predicate<TrustStore> matches(String... ids) {
    return store ->
        List.of(ids).stream()
            .anyMatch(id -> store.id().equals(id) || store.id().startsWith(id + ":"));
  }

  /**
   * The stores.
   *
   * @return the stores in the order in which they are worked on
   */
  public List<TrustStore> stores() {
    return selected;
  }

  /**
   * Reads the state of each store. Changes nothing.
   *
   * @param root the root certificate
   * @return an outcome for each store
   */
  public List<Outcome> status(X509Certificate root) {
    return run(Operation.STATUS, root);
  }

  /**
   * Looks which roots these stores hold. Changes nothing.
   *
   * @param wanted which roots are meant
   * @return what was found
   */
  public RootSearch search(Predicate<X509Certificate> wanted) {
    return RootSearch.in(host, selected, wanted, recordPlaces(host));
  }

  /**
   * The same stores, which record with a root that it belongs to a CA in a folder: for who finds
   * the root later. Default: nothing is recorded of it.
   *
   * @param folder the folder of the CA whose root is installed
   * @return a copy
   */
  public TrustStores withCaFolder(Path folder) {
    return new TrustStores(host, all, selected, Optional.of(folder), progress);
  }

  /**
   * The same stores, with somebody to tell which of them are being worked on. Default: nobody.
   *
   * @param listener gets their display names whenever they change, none when this process is done
   *     or waits for one with other rights; by any thread, but one at a time
   * @return a copy
   */
  public TrustStores withProgress(Consumer<List<String>> listener) {
    return new TrustStores(host, all, selected, caFolder, listener);
  }

  /**
   * Finds out what {@link #install} would do to each store, as if all rights could be had. Changes
   * nothing.
   *
   * @param root the root certificate
   * @return a plan for each store
   */
  public List<Plan> plan(X509Certificate root) {
    return Planning.of(selected, root);
  }

  /**
   * Makes each store trust the root.
   *
   * @param root the root certificate
   * @return an outcome for each store
   */
  public List<Outcome> install(X509Certificate root) {
    return run(Operation.INSTALL, root);
  }

  /**
   * Takes the root out of each store.
   *
   * @param root the root certificate
   * @return an outcome for each store
   */
  public List<Outcome> uninstall(X509Certificate root) {
    return run(Operation.UNINSTALL, root);
  }

  /**
   * Whether a root was installed on this host and not taken out since, by the record alone: no
   * store is looked for or read.
   *
   * @param host the machine
   * @param root the identity of the root
   * @return true if its user, or root, installed it somewhere
   */
  public static boolean isRecorded(Host host, Fingerprint root) {
    return recordPlaces(host).stream().anyMatch(place -> InstalledRoots.in(place).has(root));
  }

  private static List<Path> recordPlaces(Host host) {
    List<Path> places = new ArrayList<>();
    host.stateDirectory().ifPresent(places::add);
    if (host.os() != OperatingSystem.WINDOWS) {
      places.add(HostFolders.rootState(host));
    }
    return places;
  }

  /**
   * The roots that were installed on this host for its user and not yet taken out: known without
   * the CA folder.
   *
   * @param host the machine
   * @return the certificates; those recorded by root for this user too
   * @throws IOException if a record cannot be read
   */
  public static List<X509Certificate> installedRoots(Host host) throws IOException {
    Map<String, X509Certificate> roots = new LinkedHashMap<>();
    for (Path place : recordPlaces(host)) {
      for (X509Certificate root : InstalledRoots.in(place).ownedBy(host.ownerId())) {
        roots.put(Fingerprint.of(root).hex(), root);
      }
    }
    return List.copyOf(roots.values());
  }

  /**
   * Takes away what processes that were killed left of devca's own notes on a host: temporary files
   * and empty folders. What is noted of installed roots stays.
   *
   * @param host the machine
   * @throws IOException if it cannot be locked or read
   */
  public static void sweep(Host host) throws IOException {
    if (host.stateDirectory().filter(CreatedFolders::isKnown).isPresent()) {
      StateLock.hold(host, Operation.UNINSTALL).close();
    }
  }

  /**
   * Does an operation on each store: first on those of the machine, since some stores of a user go
   * by what these hold.
   *
   * @param operation what to do
   * @param root the root certificate
   * @return an outcome for each store, in the order of {@link #stores}
   */
  public List<Outcome> run(Operation operation, X509Certificate root) {
    List<Outcome> outcomes;
    try {
      outcomes = new StoreRun(host, operation, root, progress).on(selected);
    } catch (CaException e) {
      return all(new TrustResult.Failed(e.getMessage(), e.remedy()));
    } catch (IOException e) {
      return all(new TrustResult.Failed("cannot lock devca's state: " + e.getMessage(), RETRY));
    }
    try (StateLock lock = StateLock.hold(host, operation)) {
      remember(operation, root, outcomes);
      return outcomes;
    } catch (IOException e) {
      return all(new TrustResult.Failed("cannot record what was done: " + e.getMessage(), RETRY));
    }
  }

  private List<Outcome> all(TrustResult result) {
    return selected.stream().map(s -> new Outcome(s.id(), s.displayName(), result)).toList();
  }

  private void remember(Operation operation, X509Certificate root, List<Outcome> outcomes)
      throws IOException {
    if (operation == Operation.STATUS || host.stateDirectory().isEmpty()) {
      return;
    }
    InstalledRoots roots = InstalledRoots.in(host.stateDirectory().get());
    if (operation == Operation.INSTALL) {
      if (outcomes.stream().anyMatch(o -> o.result().kind() == TrustResult.Kind.TRUSTED)) {
        roots.add(root, host.ownerId(), caFolder);
      }
      return;
    }
    StoreRun reading = new StoreRun(host, Operation.STATUS, root);
    List<Outcome> left =
        selected.size() == all.size()
            ? outcomes
            : all.stream().flatMap(store -> reading.here(store).stream()).toList();
    boolean gone =
        left.stream()
            .map(o -> o.result().kind())
            .allMatch(k -> k == TrustResult.Kind.NOT_TRUSTED || k == TrustResult.Kind.ABSENT);
    if (gone) {
      roots.remove(root);
    }
  }
}
