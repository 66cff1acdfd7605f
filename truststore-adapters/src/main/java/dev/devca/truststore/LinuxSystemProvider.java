package dev.devca.truststore;

import java.nio.file.Files;
import java.util.List;

/** Finds the store that a Linux distribution keeps for all of its programs. */
public final class LinuxSystemProvider implements TrustStoreProvider {

  /** For {@link java.util.ServiceLoader}. */
  public LinuxSystemProvider() {}

  @Override
  public List<TrustStore> discover(Host host) {
    if (host.os() != OperatingSystem.LINUX) {
      return List.of();
    }
    // Others have that folder too; and without it ca-certificates is not installed.
    boolean debian =
        Files.exists(host.path("/etc/debian_version"))
            && Files.isDirectory(host.path(DebianStore.LINKS));
    return debian ? List.of(new DebianStore(host)) : List.of();
  }
}
