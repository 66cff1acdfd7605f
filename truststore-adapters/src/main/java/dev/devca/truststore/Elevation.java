package dev.devca.truststore;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * How an operation is done with the rights of another user. The caller decides: {@link #none()}
 * never raises rights, and the stores that need them answer {@link TrustResult.Unavailable}.
 *
 * {@snippet class="dev.devca.truststore.Snippets" region="elevated"}
 */
public interface Elevation {

  /**
   * Does an operation with other rights, for all stores that need them at once.
   *
   * @param rights the rights needed, not {@link Rights#OWN}
   * @param operation the operation
   * @param stores the stores
   * @param root the root certificate
   * @return an outcome for each store, in the same order
   */
  List<Outcome> run(
      Rights rights, Operation operation, List<TrustStore> stores, X509Certificate root);

  /**
   * Never raises rights.
   *
   * @return an elevation that answers {@link TrustResult.Unavailable} for each store
   */
  static Elevation none() {
    return (rights, operation, stores, root) ->
        stores.stream()
            .map(
                store ->
                    new Outcome(
                        store.id(),
                        store.displayName(),
                        new TrustResult.Unavailable(
                            "it needs the rights of "
                                + (rights == Rights.ROOT ? "root" : "its user"),
                            "run as root: devca " + operation + " --only " + store.id())))
            .toList();
  }
}
