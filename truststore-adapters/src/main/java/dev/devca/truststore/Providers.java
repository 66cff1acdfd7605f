package dev.devca.truststore;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds providers, ours and those of third parties, and asks each for its stores. */
final class Providers {
  /** The kinds that devca knows, also where this machine has none of them. */
  static final List<String> KINDS = List.of("debian", "java", "node");

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
        stores.add(new BrokenProvider(name, e));
      }
    }
  }

  /** Stands in the list for a provider that could not answer. */
  private record BrokenProvider(String name, Throwable why) implements TrustStore {
    @Override
    public String id() {
      return "provider:" + name;
    }

    @Override
    public String displayName() {
      return "Store provider " + name;
    }

    @Override
    public Rights rights() {
      return Rights.OWN;
    }

    @Override
    public TrustResult status(X509Certificate root) {
      return new TrustResult.Failed(
          "the provider is broken: " + why, "remove its jar, or ask its author");
    }

    @Override
    public TrustResult install(X509Certificate root) {
      return status(root);
    }

    @Override
    public TrustResult uninstall(X509Certificate root) {
      return status(root);
    }
  }
}
