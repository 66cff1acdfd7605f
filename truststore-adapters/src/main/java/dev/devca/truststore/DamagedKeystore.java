package dev.devca.truststore;

import dev.devca.ca.files.BoundedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.UnrecoverableKeyException;
import java.util.Optional;

/**
 * A keystore that some program left half written, as Debian's hook for Java does when it is killed.
 * If devca has changed that file, its journal holds what was there before, with its digest.
 */
final class DamagedKeystore {
  private DamagedKeystore() {}

  /**
   * Puts back what the journal holds, and says so. A keystore that another password may open is
   * none of these, nor is one of which the journal knows nothing better.
   */
  static void mend(Host host, Path file) throws IOException {
    Journal journal = Journal.of(host);
    Optional<JournalEntry> known =
        journal.entry(file).filter(entry -> entry.original().isPresent());
    if (known.isEmpty()) {
      // Asked first: a keystore takes long to read.
      return;
    }
    byte[] now;
    try {
      now = BoundedFiles.read(file, BoundedFiles.STORE_LIMIT);
    } catch (IOException e) {
      // Gone, or closed to us: its store says so.
      return;
    }
    if (isReadable(host, now, true)
        || !isReadable(host, known.get().original().orElseThrow(), false)) {
      return;
    }
    journal.putBack(known.get());
    host.notice(
        "Put back "
            + file
            + " as it was before devca changed it: another program had left it damaged.");
  }

  private static boolean isReadable(Host host, byte[] bytes, boolean ifUnclear) {
    try {
      KeyStoreFile.parse(bytes, host.javaPassword().stream().toList());
      return true;
    } catch (IOException e) {
      return ifUnclear && e.getCause() instanceof UnrecoverableKeyException;
    }
  }
}
