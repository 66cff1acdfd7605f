package dev.devca.truststore;

import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Notes that a tool keeps beside the journal, for what it must undo itself. They share the
 * journal's lock, and its folder goes with the last of them.
 */
public final class StateNotes {
  private StateNotes() {}

  /**
   * Keeps a note, in place of one of the same name.
   *
   * @param host the machine
   * @param name a file name
   * @param lines what to remember, without line breaks
   * @throws IOException if there is no place for it or it cannot be written
   */
  public static void keep(Host host, String name, List<String> lines) throws IOException {
    Path file = file(host, name).orElseThrow(() -> new IOException("HOME is not set"));
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    try (StateLock lock = StateLock.hold(host, Operation.INSTALL)) {
      AtomicFile.replaceKeeping(file, text, FileMode.OWNER_ONLY);
    }
  }

  /**
   * Reads a note.
   *
   * @param host the machine
   * @param name a file name
   * @return its lines; empty if there is none
   * @throws IOException if it cannot be read
   */
  public static List<String> read(Host host, String name) throws IOException {
    Optional<Path> file = file(host, name).filter(Files::exists);
    if (file.isEmpty()) {
      return List.of();
    }
    byte[] text = BoundedFiles.read(file.get(), BoundedFiles.PEM_LIMIT);
    return new String(text, StandardCharsets.UTF_8).lines().toList();
  }

  /**
   * Drops a note, if there is one.
   *
   * @param host the machine
   * @param name a file name
   * @throws IOException if it cannot be dropped
   */
  public static void drop(Host host, String name) throws IOException {
    Optional<Path> file = file(host, name).filter(Files::exists);
    if (file.isPresent()) {
      try (StateLock lock = StateLock.hold(host, Operation.UNINSTALL)) {
        Files.deleteIfExists(file.get());
      }
    }
  }

  private static Optional<Path> file(Host host, String name) {
    return host.stateDirectory().map(state -> state.resolve(name));
  }
}
