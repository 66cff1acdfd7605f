package dev.devca.truststore;

import java.nio.file.Path;
import java.util.Optional;

/** The folders of devca on a host: on Linux those of the XDG Base Directory Specification. */
final class HostFolders {
  private HostFolders() {}

  /** What devca keeps about its changes: root's when this process is root. */
  static Optional<Path> state(Host host) {
    if (host.isRoot()) {
      return Optional.of(rootState(host));
    }
    return switch (host.os()) {
      case LINUX -> in(host, "XDG_STATE_HOME", ".local", "state");
      case MAC, WINDOWS -> data(host).map(folder -> folder.resolve("state"));
    };
  }

  /** Root's folder of what devca keeps: never in a home, where a user could change it. */
  static Path rootState(Host host) {
    return host.path("/var/lib/devca");
  }

  /** The user's data. */
  static Optional<Path> data(Host host) {
    return switch (host.os()) {
      case LINUX -> in(host, "XDG_DATA_HOME", ".local", "share");
      case MAC -> inHome(host, "Library", "Application Support");
      case WINDOWS -> in(host, "LOCALAPPDATA", "AppData", "Local");
    };
  }

  /** Where the user's programs have their settings: not only ours. */
  static Optional<Path> config(Host host) {
    return host.variable("XDG_CONFIG_HOME")
        .flatMap(host::absolutePath)
        .or(() -> host.home().map(home -> home.resolve(".config")));
  }

  private static Optional<Path> in(Host host, String variable, String first, String second) {
    return host.variable(variable)
        .flatMap(host::absolutePath)
        .map(folder -> folder.resolve("devca"))
        .or(() -> inHome(host, first, second));
  }

  private static Optional<Path> inHome(Host host, String first, String second) {
    return host.home().map(home -> home.resolve(first).resolve(second).resolve("devca"));
  }
}
