package dev.devca.truststore;

import java.util.List;

/**
 * Finds the settings of Claude Code on Linux and macOS. On Windows it goes by the variable that
 * {@link NodeProvider} sets for all programs of the user. Stateless.
 */
public final class ClaudeProvider implements TrustStoreProvider {
  /** For the {@link java.util.ServiceLoader}. */
  public ClaudeProvider() {}

  @Override
  public List<TrustStore> discover(Host host) {
    return host.os() == OperatingSystem.WINDOWS ? List.of() : List.of(new ClaudeStore(host));
  }
}
