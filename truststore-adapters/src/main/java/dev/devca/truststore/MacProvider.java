package dev.devca.truststore;

import java.nio.file.Files;
import java.util.List;

/**
 * Finds the keychain of macOS: that of the user, or of all users where {@link Host#machineStores}
 * says so. Stateless.
 */
public final class MacProvider implements TrustStoreProvider {

  /** For {@link java.util.ServiceLoader}. */
  public MacProvider() {}

  @Override
  public List<TrustStore> discover(Host host) {
    if (host.os() != OperatingSystem.MAC || Files.notExists(host.path(Keychain.PROGRAM))) {
      return List.of();
    }
    MacKeychainStore.Place place =
        host.machineStores() ? MacKeychainStore.Place.MACHINE : MacKeychainStore.Place.USER;
    return host.home().<TrustStore>map(home -> new MacKeychainStore(host, place, home)).stream()
        .toList();
  }
}
