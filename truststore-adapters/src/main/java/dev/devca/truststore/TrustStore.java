package dev.devca.truststore;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Predicate;

/**
 * One place that software trusts, such as a JDK's cacerts file.
 *
 * <p>The three operations never throw for the state of the machine: they answer with the state
 * after the call, read again from the store. Repeating an operation changes nothing. A root is
 * known by the SHA-256 of its DER, never by name. A store is used by one thread at a time.
 *
 * {@snippet class="dev.devca.truststore.Snippets" region="store"}
 */
public interface TrustStore {

  /**
   * The id that selects this store: a kind such as {@code debian}, or a kind and a place, such as
   * {@code java:/usr/lib/jvm/jdk-21/lib/security/cacerts}.
   *
   * @return letters, digits and hyphens, then perhaps a colon and a place; unique on the host and
   *     the same at each discovery
   */
  String id();

  /**
   * What to call the store before a person.
   *
   * @return a few words, such as {@code Java (/opt/jdk-21)}
   */
  String displayName();

  /**
   * Whose rights a change of this store needs.
   *
   * @return the rights; {@link Rights#OWN} where this process may do it itself
   */
  Rights rights();

  /**
   * Whether this store serves its user alone and all that it changes is that user's own: such a
   * store is among those of {@link TrustStores#userOnly}.
   *
   * @return true for a store of the home; false by default
   */
  default boolean isPerUser() {
    return false;
  }

  /**
   * Whether this store shares no file with another and goes by no other, so that it may be worked
   * on while others are.
   *
   * @return true if so; false by default: such stores are worked on one after another
   */
  default boolean standsAlone() {
    return false;
  }

  /**
   * Lists roots that the store holds. Changes nothing.
   *
   * @param wanted which of them
   * @return those that it can list; by default none
   * @throws IOException if it cannot be read
   */
  default List<X509Certificate> roots(Predicate<X509Certificate> wanted) throws IOException {
    return List.of();
  }

  /**
   * Reads whether the store trusts the root. Changes nothing.
   *
   * @param root a self-signed CA certificate
   * @return the state
   */
  TrustResult status(X509Certificate root);

  /**
   * Finds out what {@link #install} would do. Changes nothing.
   *
   * @param root a self-signed CA certificate
   * @param draft what the stores before this one have planned; this one's is added by the caller
   * @return the plan; by default one that says that the steps are not known
   */
  default Plan plan(X509Certificate root, Draft draft) {
    return Planning.unknown(this, root);
  }

  /**
   * Makes the store trust the root.
   *
   * @param root a self-signed CA certificate
   * @return the state after the call
   */
  TrustResult install(X509Certificate root);

  /**
   * Takes the root out of the store, and leaves the store as it was before it came.
   *
   * @param root a self-signed CA certificate
   * @return the state after the call
   */
  TrustResult uninstall(X509Certificate root);
}
