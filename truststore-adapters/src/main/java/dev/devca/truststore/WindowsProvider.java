package dev.devca.truststore;

import java.util.List;

/**
 * Finds the root certificates that Windows trusts: the current user's, or those of the machine
 * where {@link Host#withMachineStores} asks for them. Stateless.
 */
public final class WindowsProvider implements TrustStoreProvider {
  /** For {@link java.util.ServiceLoader}. */
  public WindowsProvider() {}

  @Override
  public List<TrustStore> discover(Host host) {
    return host.os() == OperatingSystem.WINDOWS ? List.of(store(host)) : List.of();
  }

  private static TrustStore store(Host host) {
    WindowsRootStore.Place place =
        host.machineStores() ? WindowsRootStore.Place.MACHINE : WindowsRootStore.Place.USER;
    try {
      return new WindowsRootStore(host, place, host.windows().crypt32());
    } catch (LinkageError | IllegalStateException e) {
      return new StandIn(
          place.id(),
          place.displayName(),
          place == WindowsRootStore.Place.USER,
          Windows.unavailable(e));
    }
  }
}
