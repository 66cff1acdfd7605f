package dev.devca.truststore;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A root that stores of a host hold. Immutable.
 *
 * @param certificate the root
 * @param stores the stores that hold it
 * @param owner the numeric id of the user for whom it was installed, where that was recorded
 * @param folder the folder of its CA, where that was recorded
 */
public record FoundRoot(
    X509Certificate certificate,
    List<TrustStore> stores,
    Optional<Long> owner,
    Optional<Path> folder) {
  /** Takes a copy. */
  public FoundRoot {
    stores = List.copyOf(stores);
  }

  /**
   * Whether it is a user's: recorded as that user's, or recorded for nobody and in a store that
   * serves the user alone.
   *
   * @param host the machine, as that user sees it
   * @return false also where nobody knows
   */
  public boolean isOf(Host host) {
    return owner.isPresent()
        ? owner.get() == host.ownerId()
        : stores.stream().anyMatch(store -> store.isPerUser() && store.rights() == Rights.OWN);
  }
}
