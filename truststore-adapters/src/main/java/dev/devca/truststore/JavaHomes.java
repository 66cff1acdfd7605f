package dev.devca.truststore;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the JDKs of a host. */
final class JavaHomes {
  /** Where JDKs lie, see {@link Places}. */
  private static final Map<OperatingSystem, List<String>> PLACES =
      Map.of(OperatingSystem.LINUX, List.of("/usr/lib/jvm/*"));

  private JavaHomes() {}

  /** The JDK of {@code JAVA_HOME}, that of the PATH, and those of the places; each once. */
  static List<JavaHome> on(Host host) {
    Map<String, JavaHome> homes = new LinkedHashMap<>();
    Stream.of(
            ofVariable(host).stream(),
            ofPath(host).map(JavaHome::at).stream(),
            PLACES.getOrDefault(host.os(), List.of()).stream()
                .flatMap(place -> Places.folders(host, place).stream())
                .map(JavaHome::at))
        .flatMap(found -> found)
        .forEach(home -> homes.putIfAbsent(home.name(), home));
    return List.copyOf(homes.values());
  }

  private static Optional<JavaHome> ofVariable(Host host) {
    Optional<String> value = host.variable("JAVA_HOME");
    try {
      Optional<Path> folder = value.map(host::path).filter(Path::isAbsolute);
      if (folder.isPresent()) {
        return folder.map(JavaHome::at);
      }
    } catch (InvalidPathException e) {
      // Such as one in quotes, on Windows: no folder at all.
    }
    return value.map(name -> new JavaHome(name, Optional.empty()));
  }

  private static Optional<Path> ofPath(Host host) {
    try {
      Optional<Path> program = host.program("java");
      if (program.isEmpty()) {
        return Optional.empty();
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
