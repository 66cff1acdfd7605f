package dev.devca.truststore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
    Map<String, String> variables = new LinkedHashMap<>();
    for (VariableClient client : VariableClient.ALL) {
      named(host, client)
          .ifPresent(
              file -> client.variables().forEach(name -> variables.put(name, file.toString())));
    }
    return variables;
  }

  private static Optional<Path> named(Host host, VariableClient client) {
    return host.os() == OperatingSystem.WINDOWS
        ? new WindowsVariableStore(host, client).file().filter(Files::isRegularFile)
        : new VariableStore(host, client).named();
  }
}
