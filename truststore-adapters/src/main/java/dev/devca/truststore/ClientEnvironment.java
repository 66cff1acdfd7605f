package dev.devca.truststore;

import java.nio.file.Files;
import java.util.Map;

/**
 * The variables by which programs of this user find what devca keeps for them: what a shell exports
 * to trust the root without starting anew.
 */
public final class ClientEnvironment {
  private ClientEnvironment() {}

  /**
   * The variables to export.
   *
   * @param host the machine
   * @return values by name; empty while no root is installed for programs that go by a variable
   */
  public static Map<String, String> of(Host host) {
    return NodeExtraCaStore.file(host)
        .filter(Files::isRegularFile)
        .map(file -> Map.of(NodeExtraCaStore.VARIABLE, file.toString()))
        .orElse(Map.of());
  }
}
