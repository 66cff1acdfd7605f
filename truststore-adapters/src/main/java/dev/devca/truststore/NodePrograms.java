package dev.devca.truststore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the machine has a program that reads {@code NODE_EXTRA_CA_CERTS}. */
final class NodePrograms {
  // Editors and assistants bring a Node of their own.
  private static final List<String> PROGRAMS =
      List.of("node", "nodejs", "bun", "deno", "code", "cursor", "claude");
  // Where version managers keep what is on the PATH of some shells only.
  private static final List<String> IN_HOME =
      List.of(
          ".nvm/versions/node",
          ".volta/bin",
          ".local/share/fnm",
          ".asdf/installs/nodejs",
          ".local/share/mise/installs/node",
          ".bun/bin",
          ".deno/bin",
          ".local/bin/claude");

  private NodePrograms() {}

  static boolean anyOn(Host host, Path home) {
    return PROGRAMS.stream().anyMatch(name -> host.program(name).isPresent())
        || IN_HOME.stream().anyMatch(path -> Files.exists(home.resolve(path)));
  }
}
