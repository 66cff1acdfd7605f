package dev.devca.truststore;

import java.util.List;

/**
 * Finds the stores of one kind on a host. Providers are found by {@link java.util.ServiceLoader},
 * so a third party adds a kind of store by adding a jar.
 *
 * <p>A provider needs a public constructor without parameters. One that throws is reported as a
 * failed store and stops no other.
 *
 * {@snippet class="dev.devca.truststore.Snippets" region="provider"}
 */
public interface TrustStoreProvider {

  /**
   * Finds the stores. Reads only; everything is reached through {@code host}.
   *
   * @param host the machine
   * @return the stores in a fixed order; empty if there are none
   */
  List<TrustStore> discover(Host host);
}
