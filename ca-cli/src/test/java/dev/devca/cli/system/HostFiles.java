package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** This machine's own trust settings: a sandbox that leaks into them fails its test. */
final class HostFiles {

  private static final List<Path> WATCHED =
      List.of(
          Path.of("/etc/ssl/certs"),
          Path.of("/etc/ca-certificates.conf"),
          Path.of("/usr/local/share/ca-certificates"),
          Path.of("/var/lib/devca"));

  private final Map<Path, FileState> states;

  private HostFiles(Map<Path, FileState> states) {
    this.states = states;
  }

  static HostFiles read() {
    Map<Path, FileState> states = new TreeMap<>();
    for (Path watched : WATCHED) {
      if (Files.notExists(watched)) {
        continue;
      }
      try (Stream<Path> paths = Files.walk(watched)) {
        paths.filter(Files::isReadable).forEach(path -> states.put(path, FileState.of(path)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new HostFiles(states);
  }

  void assertUnchanged() {
    assertThat(read().states).as("files of this machine, outside the sandbox").isEqualTo(states);
  }
}
