package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.DirectoryLock;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import dev.devca.ca.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The records of what a CA issued, a file each in its folder, so that processes that issue at once
 * wait for nobody. The file's name is the hash of the path that the certificate went to: issuing it
 * again replaces its record.
 */
final class IssuedRecords {
  private static final String FOLDER = "issued";
  private static final String END = ".txt";
  // Of 64; a chance meeting of two would take more files than a disk has.
  private static final int NAME_DIGITS = 32;
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(60);

  private final Path folder;

  IssuedRecords(Path caDirectory) {
    this.folder = caDirectory.resolve(FOLDER);
  }

  void add(IssuedRecord record) throws IOException {
    add(record, AtomicFile::prepare);
  }

  /** As {@link #add}, for one of thousands. */
  void addOneOfMany(IssuedRecord record) throws IOException {
    add(record, AtomicFile::prepareOneOfMany);
  }

  private interface Preparing {
    AtomicFile of(Path file, byte[] content, FileMode mode) throws IOException;
  }

  private void add(IssuedRecord record, Preparing preparing) throws IOException {
    try {
      write(record, preparing);
    } catch (NoSuchFileException e) {
      makeFolder();
      write(record, preparing);
    }
  }

  private void write(IssuedRecord record, Preparing preparing) throws IOException {
    byte[] bytes = record.text().getBytes(StandardCharsets.UTF_8);
    try (AtomicFile next = preparing.of(place(record), bytes, FileMode.OWNER_ONLY)) {
      next.publish();
    }
  }

  private void makeFolder() throws IOException {
    try {
      FileMode.OWNER_ONLY.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      // Another process was quicker.
    }
  }

  private Path place(IssuedRecord record) {
    String path = record.file().toString();
    String name = Sha256.hex(path.getBytes(StandardCharsets.UTF_8)).substring(0, NAME_DIGITS);
    return folder.resolve(name + END);
  }

  /**
   * What is recorded.
   *
   * @param records those that can be read, the one that ends first first
   * @param damaged a sentence for each of the others: losing one loses a line of the list
   */
  record Content(List<IssuedRecord> records, List<String> damaged) {}

  Content read() throws IOException {
    List<IssuedRecord> records = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + END)) {
      for (Path file : files) {
        try {
          byte[] bytes = BoundedFiles.read(file, BoundedFiles.PEM_LIMIT);
          records.add(IssuedRecord.read(new String(bytes, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
          // Forgotten since the folder was listed.
        } catch (IOException e) {
          damaged.add(damaged(file, Reasons.of(e)));
        } catch (IllegalArgumentException e) {
          damaged.add(damaged(file, String.valueOf(e.getMessage())));
        }
      }
    } catch (NoSuchFileException e) {
      return new Content(List.of(), List.of());
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    records.sort(
        Comparator.comparing(IssuedRecord::until)
            .thenComparing(record -> record.file().toString()));
    damaged.sort(Comparator.naturalOrder());
    return new Content(records, damaged);
  }

  private static String damaged(Path file, String why) {
    return "The record " + file + " cannot be read: " + why + "; delete it.";
  }

  /** Keeps others from renewing at the same time; to be closed. */
  DirectoryLock lock() throws IOException {
    try {
      return DirectoryLock.acquire(folder, LOCK_LIMIT);
    } catch (IOException e) {
      throw new CaException(
          "cannot lock " + folder + ": " + Reasons.of(e), "mend that, then the same again", e);
    }
  }

  void forget(IssuedRecord record) throws IOException {
    Files.deleteIfExists(place(record));
  }

  /** Forgets everything, for a CA that is to go; what is not devca's stays. */
  void clear() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{*" + END + ",.*}")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (NoSuchFileException | DirectoryNotEmptyException e) {
      // There is none, or somebody put a file of their own there.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
