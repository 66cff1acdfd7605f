package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which roots the stores of a host hold. Immutable.
 *
 * @param found the roots, in the order in which the stores have them
 * @param unread a store that could not be looked into, with the reason
 */
public record RootSearch(List<FoundRoot> found, List<Outcome> unread) {
  /** Takes copies. */
  public RootSearch {
    found = List.copyOf(found);
    unread = List.copyOf(unread);
  }

  static RootSearch in(
      Host host, List<TrustStore> stores, Predicate<X509Certificate> wanted, List<Path> records) {
    Map<Fingerprint, X509Certificate> roots = new LinkedHashMap<>();
    Map<Fingerprint, List<TrustStore>> holders = new LinkedHashMap<>();
    List<Outcome> unread = new ArrayList<>();
    for (TrustStore store : stores) {
      try {
        for (X509Certificate root : store.roots(wanted)) {
          Fingerprint fingerprint = Fingerprint.of(root);
          roots.put(fingerprint, root);
          List<TrustStore> those = holders.computeIfAbsent(fingerprint, f -> new ArrayList<>());
          if (!those.contains(store)) {
            those.add(store);
          }
        }
      } catch (IOException | RuntimeException | LinkageError e) {
        String why = e instanceof IOException io ? Reasons.of(io) : String.valueOf(e);
        unread.add(
            new Outcome(
                store.id(),
                store.displayName(),
                new TrustResult.Unavailable("cannot list its roots: " + why, "")));
      }
    }
    List<FoundRoot> found = new ArrayList<>();
    roots.forEach(
        (fingerprint, root) ->
            found.add(
                new FoundRoot(
                    root,
                    holders.getOrDefault(fingerprint, List.of()),
                    first(records, record -> InstalledRoots.in(record).owner(fingerprint)),
                    first(records, record -> InstalledRoots.in(record).folder(fingerprint))
                        .flatMap(host::absolutePath))));
    return new RootSearch(found, unread);
  }

  private interface Look<T> {
    Optional<T> in(Path record);
  }

  private static <T> Optional<T> first(List<Path> records, Look<T> look) {
    return records.stream().flatMap(record -> look.in(record).stream()).findFirst();
  }
}
