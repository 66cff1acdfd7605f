package dev.devca.truststore;

import java.util.Map;

/** Placeholder. */
public final class ClientEnvironment {
  private ClientEnvironment() {}

  /**
   * x.
   *
   * @param host x
   * @return x
   */
  public static Map<String, String> of(Host host) {
    return Map.of();
  }
}
