package dev.devca.truststore;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds providers, ours and those of third parties, and asks each for its stores. */
final class Providers {
  /** The kinds that devca knows, also where this machine has none of them. */
  static final List<String> KINDS =
      Stream.of(
              LinuxFamily.ALL.stream().map(LinuxFamily::id),
              Stream.of(
                  ManualStore.NIXOS,
                  "windows",
                  MacKeychainStore.KIND,
                  JavaCacertsStore.KIND,
                  NssStore.KIND,
                  "node",
                  ClaudeStore.KIND,
                  "python",
                  "env"))
          .flatMap(kinds -> kinds)
          .toList();

  private Providers() {}

  static List<TrustStore> discover(Host host) {
    List<TrustStore> stores = new ArrayList<>();
    // The loader by name: the thread's would be the host's, which may not see our providers.
    ServiceLoader<TrustStoreProvider> loader =
        ServiceLoader.load(TrustStoreProvider.class, TrustStores.class.getClassLoader());
    Iterator<ServiceLoader.Provider<TrustStoreProvider>> providers = loader.stream().iterator();
    while (true) {
      String name = "a provider";
      try {
        if (!providers.hasNext()) {
          return stores;
        }
        ServiceLoader.Provider<TrustStoreProvider> provider = providers.next();
        name = provider.type().getName();
        stores.addAll(List.copyOf(provider.get().discover(host)));
      } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
        stores.add(broken(name, e));
      }
    }
  }

  private static TrustStore broken(String name, Throwable why) {
    return new StandIn(
        "provider:" + name,
        "Store provider " + name,
        true,
        new TrustResult.Failed(
            "the provider is broken: " + why, "remove its jar, or ask its author"));
  }
}
