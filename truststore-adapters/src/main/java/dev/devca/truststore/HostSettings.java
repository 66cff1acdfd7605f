package dev.devca.truststore;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What may differ between copies of a host, with the defaults. Set only while a host is made, then
 * never again.
 */
final class HostSettings {
  Elevation elevation = Elevation.none();
  Optional<Path> home = Optional.empty();
  long userId = 1000;
  Optional<Long> invokingUser = Optional.empty();
  Optional<String> javaPassword = Optional.empty();

  HostSettings() {}

  HostSettings(HostSettings other) {
    elevation = other.elevation;
    home = other.home;
    userId = other.userId;
    invokingUser = other.invokingUser;
    javaPassword = other.javaPassword;
  }
}
