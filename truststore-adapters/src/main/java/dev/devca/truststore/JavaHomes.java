package dev.devca.truststore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the JDKs of a host. */
final class JavaHomes {
  private JavaHomes() {}

  /** The JDK of {@code JAVA_HOME}, that of the PATH, and those of the places; each once. */
  static List<JavaHome> on(Host host) {
    List<JavaHome> found = new ArrayList<>(inUse(host));
    List<Path> places = new ArrayList<>(MacJavaHomes.on(host).all());
    JavaPlaces.folders(host).forEach(places::add);
    places.stream().filter(JavaHome::isAt).map(JavaHome::at).forEach(found::add);
    return distinct(found);
  }

  /** The JDK that {@code JAVA_HOME} names, a JDK or not, and that of the PATH. */
  static List<JavaHome> inUse(Host host) {
    List<JavaHome> found = new ArrayList<>();
    ofVariable(host).ifPresent(found::add);
    ofPath(host).map(JavaHome::at).ifPresent(found::add);
    return distinct(found);
  }

  private static List<JavaHome> distinct(List<JavaHome> found) {
    Map<String, JavaHome> homes = new LinkedHashMap<>();
    found.forEach(home -> homes.putIfAbsent(home.name(), home));
    return List.copyOf(homes.values());
  }

  private static Optional<JavaHome> ofVariable(Host host) {
    return host.variable("JAVA_HOME")
        .map(
            value ->
                host.absolutePath(value)
                    .map(JavaHome::at)
                    .orElseGet(() -> new JavaHome(value, Optional.empty())));
  }

  private static Optional<Path> ofPath(Host host) {
    try {
      Optional<Path> program = host.program("java");
      if (program.isEmpty()) {
        return Optional.empty();
      }
      if (host.os() == OperatingSystem.MAC && program.get().startsWith("/usr/bin")) {
        // macOS' own, which only starts that of a JDK.
        return MacJavaHomes.on(host).usual();
      }
      Path folder = program.get().toRealPath().getParent();
      return folder != null && folder.endsWith("bin")
          ? Optional.ofNullable(folder.getParent())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
