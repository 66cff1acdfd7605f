package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.CreatedFolders;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.SharedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What it takes to leave a database of NSS as it was, also where there was none. */
final class NssUndo {
  private final NssDatabase database;
  private final Certutil certutil;
  private final NssNotes notes;

  NssUndo(Host host, NssDatabase database, Certutil certutil) throws IOException {
    this.database = database;
    this.certutil = certutil;
    this.notes = NssNotes.of(host);
  }

  /** Makes the database, private as Chromium makes it. */
  void make() throws IOException {
    // With those that an earlier process made before it was killed.
    Set<Path> folders = new LinkedHashSet<>(notes.read(database.folder()).folders());
    folders.addAll(CreatedFolders.missingFor(database.certificates()));
    // First: whoever is killed before the database is whole leaves nothing that nobody knows.
    notes.write(database.folder(), NssNotes.Note.ofMade(List.copyOf(folders)));
    CreatedFolders.makeFor(database.certificates(), FileMode.OWNER_ONLY);
    certutil.create();
  }

  /** Notes the flags that a certificate of others has, before it gets new ones. */
  void remember(Fingerprint root, String flags) throws IOException {
    notes.write(database.folder(), notes.read(database.folder()).withFlags(root, flags));
  }

  /** The flags that were noted. */
  Optional<String> flagsOf(Fingerprint root) throws IOException {
    return Optional.ofNullable(notes.read(database.folder()).flags().get(root));
  }

  /**
   * Drops what is noted of a root, and a database of ours in which nothing is left.
   *
   * @return whether a database went
   */
  boolean forget(Fingerprint root) throws IOException {
    NssNotes.Note note = notes.read(database.folder()).withoutFlags(root);
    if (!note.isMade() || holdsAnyOfOurs()) {
      notes.write(database.folder(), note);
      return false;
    }
    Map<Path, Optional<byte[]>> files = files();
    boolean gone = database.isGone();
    boolean went = !gone && isEmpty() && remove(files);
    if (gone) {
      remove(files);
    }
    // Those folders may lie in one that was made for the notes, or the other way round.
    CreatedFolders.removeEmpty(note.folders());
    notes.write(database.folder(), note.withoutMade());
    CreatedFolders.removeEmpty(note.folders());
    return went;
  }

  private Map<Path, Optional<byte[]>> files() throws IOException {
    Map<Path, Optional<byte[]>> files = new LinkedHashMap<>();
    for (Path file : List.of(database.certificates(), database.keys(), database.modules())) {
      files.put(file, SharedFile.read(file));
    }
    return files;
  }

  /** Removes all of them, or none if another program has written one since it was looked at. */
  private static boolean remove(Map<Path, Optional<byte[]>> files) throws IOException {
    Map<Path, Optional<byte[]>> removed = new LinkedHashMap<>();
    for (Map.Entry<Path, Optional<byte[]>> file : files.entrySet()) {
      if (!SharedFile.replace(
          file.getKey(), file.getValue(), Optional.empty(), FileMode.OWNER_ONLY, () -> {})) {
        for (Map.Entry<Path, Optional<byte[]>> back : removed.entrySet()) {
          SharedFile.replace(
              back.getKey(), Optional.empty(), back.getValue(), FileMode.OWNER_ONLY, () -> {});
        }
        return false;
      }
      removed.put(file.getKey(), file.getValue());
    }
    return true;
  }

  private boolean holdsAnyOfOurs() throws IOException {
    return !database.isGone()
        && certutil.entries().stream().anyMatch(entry -> NssStore.isOurs(entry.nickname()));
  }

  /** Whether nobody has put anything in: no certificate, no key, no module for smart cards. */
  private boolean isEmpty() throws IOException {
    return certutil.entries().isEmpty() && !certutil.mayHaveKeys() && hasOnlyTheModuleOfNss();
  }

  private boolean hasOnlyTheModuleOfNss() throws IOException {
    return BoundedFiles.readIfPresent(database.modules(), BoundedFiles.PEM_LIMIT)
            .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).lines())
            .stream()
            .flatMap(lines -> lines)
            .filter(line -> line.startsWith("library="))
            .count()
        <= 1;
  }
}
