package dev.devca.truststore;

import java.util.List;

/**
 * Finds the stores of programs that trust by a bundle of all roots, which a variable names, on
 * Linux and macOS: Python's requests and pip, and those that {@code devca env} serves. Stateless.
 */
public final class BundleProvider implements TrustStoreProvider {
  /** For the {@link java.util.ServiceLoader}. */
  public BundleProvider() {}

  @Override
  public List<TrustStore> discover(Host host) {
    return host.os() == OperatingSystem.WINDOWS
        ? List.of()
        : List.of(
            new VariableStore(host, VariableClient.PYTHON),
            new VariableStore(host, VariableClient.OTHERS));
  }
}
