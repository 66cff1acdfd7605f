package dev.devca.truststore;

import java.util.List;

/** Finds the store of extra certificates of Node.js, by the variable that names them. */
public final class NodeProvider implements TrustStoreProvider {
  /** For the {@link java.util.ServiceLoader}. */
  public NodeProvider() {}

  @Override
  public List<TrustStore> discover(Host host) {
    return host.os() == OperatingSystem.WINDOWS
        ? List.of(new WindowsVariableStore(host, VariableClient.NODE))
        : List.of(new VariableStore(host, VariableClient.NODE));
  }
}
