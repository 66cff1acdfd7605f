package dev.devca.truststore;

import java.util.List;

/**
 * Finds the store of what Python's requests and pip trust, on Linux and macOS: the bundle that
 * {@code REQUESTS_CA_BUNDLE} and {@code PIP_CERT} name. Stateless.
 */
public final class PythonProvider implements TrustStoreProvider {
  /** For the {@link java.util.ServiceLoader}. */
  public PythonProvider() {}

  @Override
  public List<TrustStore> discover(Host host) {
    return host.os() == OperatingSystem.WINDOWS
        ? List.of()
        : List.of(new VariableStore(host, VariableClient.PYTHON));
  }
}
