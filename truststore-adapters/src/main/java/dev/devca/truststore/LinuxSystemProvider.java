package dev.devca.truststore;

import java.nio.file.Files;
import java.nio.file.Path;
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
    if (OsRelease.of(host).names().contains(ManualStore.NIXOS)) {
      return List.of(ManualStore.nixos(host));
    }
    return LinuxFamily.of(host).map(family -> store(host, family)).stream().toList();
  }

  private static TrustStore store(Host host, LinuxFamily family) {
    LinuxFamily.Anchors anchors = family.anchors();
    Path bundle = host.path(anchors.bundle());
    if (Files.notExists(bundle) && host.systemProgram(anchors.update()).isEmpty()) {
      return new StandIn(
          family.id(),
          family.displayName(),
          false,
          new TrustResult.Absent("ca-certificates is not installed", family.install()));
    }
    return isReadOnly(host, host.path(anchors.folder())) || isReadOnly(host, bundle)
        ? ManualStore.readOnly(host, family)
        : new AnchorStore(host, family);
  }

  /** Whether a path is on a disk that nobody can write to; what refuses root refuses all. */
  private static boolean isReadOnly(Host host, Path path) {
    Path there = path;
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return host.isRoot() && !Files.isWritable(there);
  }
}
