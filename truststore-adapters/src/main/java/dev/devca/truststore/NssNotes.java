package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.CreatedFolders;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What cannot be seen in a database of NSS and is needed to leave it as it was: a small file for
 * each, written before the database is changed. On disk: a line {@code devca-nss 1}, then lines
 * {@code key: value}.
 */
final class NssNotes {
  private static final String HEADER = "devca-nss 1";

  private final Path directory;
  private final Object gate;

  private NssNotes(Path directory, Object gate) {
    this.directory = directory;
    this.gate = gate;
  }

  /** The notes that go with the rights of this process. */
  static NssNotes of(Host host) throws IOException {
    return new NssNotes(
        host.stateDirectory()
            .orElseThrow(() -> new IOException("no home is known: HOME is not set"))
            .resolve("nss"),
        host.gate());
  }

  /**
   * What is known of a database. Immutable.
   *
   * @param isMade whether we made it
   * @param folders the folders that were made for it, outermost first
   * @param flags by root, the flags of certificates that were there before under another nickname
   */
  record Note(boolean isMade, List<Path> folders, Map<Fingerprint, String> flags) {
    static final Note NONE = new Note(false, List.of(), Map.of());

    Note {
      folders = List.copyOf(folders);
      flags = Map.copyOf(flags);
    }

    static Note ofMade(List<Path> folders) {
      return new Note(true, folders, Map.of());
    }

    Note withoutMade() {
      return new Note(false, List.of(), flags);
    }

    Note withFlags(Fingerprint root, String value) {
      Map<Fingerprint, String> all = new HashMap<>(flags);
      all.put(root, value);
      return new Note(isMade, folders, all);
    }

    Note withoutFlags(Fingerprint root) {
      Map<Fingerprint, String> all = new HashMap<>(flags);
      all.remove(root);
      return new Note(isMade, folders, all);
    }
  }

  /** The note on a database; what cannot be understood is as good as nothing. */
  Note read(Path folder) throws IOException {
    List<String> lines =
        BoundedFiles.readIfPresent(file(folder), BoundedFiles.PEM_LIMIT)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList())
            .orElse(List.of());
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      return Note.NONE;
    }
    boolean made = false;
    List<Path> folders = new ArrayList<>();
    Map<Fingerprint, String> flags = new HashMap<>();
    try {
      for (String line : lines.subList(1, lines.size())) {
        String value = line.substring(line.indexOf(' ') + 1);
        switch (line.substring(0, line.indexOf(' ') + 1)) {
          case "made: " -> made = true;
          case "created: " -> folders.add(folder.getFileSystem().getPath(OneLine.unescape(value)));
          case "flags: " -> flags.put(new Fingerprint(value.substring(0, 64)), value.substring(65));
          default -> {
            // The folder's name, for a person who reads this.
          }
        }
      }
      return new Note(made, folders, flags);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Note.NONE;
    }
  }

  void write(Path folder, Note note) throws IOException {
    synchronized (gate) {
      put(folder, note);
    }
  }

  private void put(Path folder, Note note) throws IOException {
    if (note.equals(Note.NONE)) {
      Files.deleteIfExists(file(folder));
      if (Files.isDirectory(directory)) {
        CreatedFolders.removeOwn(directory);
      }
      return;
    }
    List<String> lines = new ArrayList<>(List.of(HEADER, "folder: " + OneLine.escape("" + folder)));
    if (note.isMade()) {
      lines.add("made: yes");
    }
    note.folders().forEach(made -> lines.add("created: " + OneLine.escape(made.toString())));
    note.flags().forEach((root, flags) -> lines.add("flags: " + root.hex() + " " + flags));
    CreatedFolders.makeOwn(directory);
    AtomicFile.replaceKeeping(
        file(folder),
        (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8),
        FileMode.OWNER_ONLY);
  }

  private Path file(Path folder) {
    return directory.resolve(JournalEntry.hash(folder.toString()).substring(0, 16) + ".note");
  }
}
