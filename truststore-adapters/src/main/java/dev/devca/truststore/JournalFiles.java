package dev.devca.truststore;

import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.CreatedFolders;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The entries of a {@link Journal} on the disk, a file each. One that is damaged, or may be
 * somebody else's, is never gone by, and never passed over without a word.
 */
final class JournalFiles {
  private static final String SUFFIX = ".journal";
  private static final int LIMIT = 3 * BoundedFiles.STORE_LIMIT + 64 * 1024;

  private final Path directory;
  private final Consumer<String> notices;
  private final Object gate;
  private final Set<Path> said = new HashSet<>();

  JournalFiles(Path directory, Consumer<String> notices, Object gate) {
    this.directory = directory;
    this.notices = notices;
    this.gate = gate;
  }

  /** What is known of a file. */
  Optional<JournalEntry> of(Path file) throws IOException {
    Path entry = entryFile(file);
    return Files.exists(entry, LinkOption.NOFOLLOW_LINKS)
        ? read(entry, Optional.of(file))
        : Optional.empty();
  }

  /** All that is known. */
  List<JournalEntry> all() throws IOException {
    List<JournalEntry> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path entry : files) {
        read(entry, Optional.empty()).ifPresent(all::add);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // It was never there, or a store that is worked on beside this one was the last to need it.
      return all;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return all;
  }

  void save(JournalEntry entry) throws IOException {
    Path file = entryFile(entry.file());
    synchronized (gate) {
      CreatedFolders.makeOwn(directory);
      // Never through a link that stands there.
      try (AtomicFile next = AtomicFile.prepare(file, entry.toBytes(), FileMode.OWNER_ONLY)) {
        next.force();
        next.publish();
      }
    }
  }

  void delete(Path file) throws IOException {
    synchronized (gate) {
      Files.deleteIfExists(entryFile(file));
      CreatedFolders.removeOwn(directory);
    }
  }

  /** An entry that cannot be read for now stays for the next run: then nothing is done at all. */
  private Optional<JournalEntry> read(Path entry, Optional<Path> about) throws IOException {
    Optional<Path> file = about;
    Optional<String> why;
    try {
      why = whyNotOurs(entry);
      if (why.isEmpty()) {
        byte[] bytes = BoundedFiles.read(entry, LIMIT);
        file = file.or(() -> JournalEntry.fileOf(bytes, directory.getFileSystem()));
        Optional<JournalEntry> known =
            file.filter(f -> entryFile(f).equals(entry)).flatMap(f -> JournalEntry.parse(f, bytes));
        if (known.isPresent()) {
          return known;
        }
        why = Optional.of(JournalEntry.whyNot(bytes));
      }
    } catch (NoSuchFileException e) {
      // A store that is worked on beside this one is done with it.
      return Optional.empty();
    }
    if (said.add(entry)) {
      notices.accept(
          "What devca kept of "
              + file.map(Path::toString).orElse("a file")
              + " is not used ("
              + entry
              + ": "
              + why.get()
              + "): only what devca added is taken out of it.");
    }
    return Optional.empty();
  }

  /** What stands in an entry becomes the content of a file. */
  private Optional<String> whyNotOurs(Path entry) throws IOException {
    if (Files.isSymbolicLink(entry)) {
      return Optional.of("it is a link");
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(entry, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      return Optional.empty();
    }
    PosixFileAttributes attributes = view.readAttributes();
    if (!attributes.owner().equals(Files.getOwner(directory))) {
      return Optional.of("it belongs to " + attributes.owner().getName());
    }
    return RootOwned.isWritableByOthers(attributes)
        ? Optional.of("others may write to it")
        : Optional.empty();
  }

  private Path entryFile(Path file) {
    return directory.resolve(JournalEntry.hash(file.toString()).substring(0, 16) + SUFFIX);
  }
}
