package dev.devca.truststore;

import java.util.LinkedHashMap;
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
    Map<String, String> variables = new LinkedHashMap<>();
    if (host.os() != OperatingSystem.WINDOWS) {
      for (VariableClient client : VariableClient.ALL) {
        new VariableStore(host, client)
            .named()
            .ifPresent(
                file -> client.variables().forEach(name -> variables.put(name, file.toString())));
      }
    }
    return variables;
  }
}
