package dev.devca.truststore;

import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a host is made of. Those parts that have a default are set only while a copy of a host is
 * made, then never again.
 */
final class HostParts {
  final OperatingSystem os;
  final FileSystem files;
  final Map<String, String> environment;
  final CommandRunner commands;
  Elevation elevation = Elevation.none();
  Optional<Path> home = Optional.empty();
  long userId = 1000;
  Optional<Long> invokingUser = Optional.empty();
  Optional<String> javaPassword = Optional.empty();
  boolean machineStores;
  Consumer<String> notices = line -> {};
  Supplier<Windows> windows =
      () -> {
        throw new IllegalStateException("this host has no libraries of Windows");
      };
  Optional<Path> stateDirectory = Optional.empty();
  // One for all copies of a host, which keep their notes in one place.
  final Object gate;

  HostParts(
      OperatingSystem os,
      FileSystem files,
      Map<String, String> environment,
      CommandRunner commands) {
    this(os, files, environment, commands, new Object());
  }

  private HostParts(
      OperatingSystem os,
      FileSystem files,
      Map<String, String> environment,
      CommandRunner commands,
      Object gate) {
    this.os = os;
    this.files = files;
    this.environment = copyOf(environment, os);
    this.commands = commands;
    this.gate = gate;
  }

  HostParts(HostParts other) {
    this(other.os, other.files, other.environment, other.commands, other.gate);
    elevation = other.elevation;
    home = other.home;
    userId = other.userId;
    invokingUser = other.invokingUser;
    javaPassword = other.javaPassword;
    machineStores = other.machineStores;
    notices = other.notices;
    windows = other.windows;
    stateDirectory = other.stateDirectory;
  }

  /** Tells whoever listens; stores may be worked on side by side. */
  void tell(String sentence) {
    synchronized (gate) {
      notices.accept(sentence);
    }
  }

  /** Windows does not tell Path from PATH, and says the one or the other. */
  private static Map<String, String> copyOf(Map<String, String> variables, OperatingSystem os) {
    if (os != OperatingSystem.WINDOWS) {
      return Map.copyOf(variables);
    }
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(variables);
    return Collections.unmodifiableMap(copy);
  }
}
