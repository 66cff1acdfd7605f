package dev.devca.truststore;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Entries of the journal, torn or written by others. */
public final class JournalEntryFuzz {
  private static final Path FILE = Path.of("/home/dev/.bashrc");

  private JournalEntryFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    JournalEntry.fileOf(data, FileSystems.getDefault());
    Optional<JournalEntry> read = JournalEntry.parse(FILE, data);
    if (read.isPresent()) {
      byte[] bytes = read.get().toBytes();
      if (!Arrays.equals(JournalEntry.parse(FILE, bytes).orElseThrow().toBytes(), bytes)) {
        throw new AssertionError("an entry is another when it is written");
      }
    }
  }
}
