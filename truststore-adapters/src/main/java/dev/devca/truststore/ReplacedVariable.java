package dev.devca.truststore;

import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.CreatedFolders;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Remembers what a user's variable was on Windows before devca set it. */
final class ReplacedVariable {
  private final Path directory;
  private final Path file;

  ReplacedVariable(Host host, String name) throws IOException {
    this.directory =
        host.stateDirectory()
            .orElseThrow(() -> new IOException("no home is known: USERPROFILE is not set"))
            .resolve("variables");
    this.file = directory.resolve(name);
  }

  /** Keeps a value that is about to be replaced: a type and a text, a line each. */
  void keep(UserEnvironment.Value value) throws IOException {
    CreatedFolders.makeOwn(directory);
    String text = value.type() + "\n" + OneLine.escape(value.text()) + "\n";
    AtomicFile.replaceKeeping(file, text.getBytes(StandardCharsets.UTF_8), FileMode.OWNER_ONLY);
  }

  /** The value that was replaced; empty if there was none, or what is kept makes no sense. */
  Optional<UserEnvironment.Value> read() throws IOException {
    List<String> lines =
        BoundedFiles.readIfPresent(file, BoundedFiles.PEM_LIMIT)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList())
            .orElse(List.of());
    if (lines.size() != 2 || !lines.get(0).matches("[12]")) {
      return Optional.empty();
    }
    return Optional.of(
        new UserEnvironment.Value(Integer.parseInt(lines.get(0)), OneLine.unescape(lines.get(1))));
  }

  void forget() throws IOException {
    Files.deleteIfExists(file);
    if (Files.isDirectory(directory)) {
      CreatedFolders.removeOwn(directory);
    }
  }
}
