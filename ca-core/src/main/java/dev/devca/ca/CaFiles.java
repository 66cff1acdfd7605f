package dev.devca.ca;

import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.CreatedFolders;
import dev.devca.ca.files.DirectoryLock;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The files of a CA folder: where they are, how they are read, and who may change them. */
final class CaFiles {
  static final String CERTIFICATE = "rootCA.pem";
  static final String KEY = "rootCA-key.pem";
  // Of a constrained CA, whose root has no key any more.
  static final String INTERMEDIATE = "intermediate.pem";
  static final String INTERMEDIATE_KEY = "intermediate-key.pem";

  /** In the order in which they come into the folder; whoever finds the last finds all. */
  static final List<String> NAMES = List.of(KEY, INTERMEDIATE_KEY, INTERMEDIATE, CERTIFICATE);

  private static final Duration LOCK_LIMIT = Duration.ofSeconds(30);
  private static final int FOLDER_ATTEMPTS = 10;

  private final Path directory;

  CaFiles(Path directory) {
    this.directory = directory;
  }

  /** Something that reads or writes files and has a result. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Something that reads or writes files. */
  interface Step {
    void run() throws IOException;
  }

  Path directory() {
    return directory;
  }

  Path certificate() {
    return directory.resolve(CERTIFICATE);
  }

  Path intermediate() {
    return directory.resolve(INTERMEDIATE);
  }

  /** The key that issues: the root's, or where there is an intermediate, that one's. */
  Path key() {
    return directory.resolve(Files.exists(intermediate()) ? INTERMEDIATE_KEY : KEY);
  }

  Optional<String> readIntermediate() throws IOException {
    return read(intermediate());
  }

  Optional<String> readCertificate() throws IOException {
    return read(certificate());
  }

  Optional<String> readKey() throws IOException {
    return read(key());
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return BoundedFiles.readIfPresent(file, BoundedFiles.PEM_LIMIT)
          .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (AccessDeniedException e) {
      throw new CaException(
          "cannot read " + file + ": permission denied",
          "run devca as the user who owns that file, or set DEVCA_HOME to a folder of your own",
          e);
    } catch (IOException e) {
      throw new CaException(
          "cannot read " + file + ": " + Reasons.of(e),
          "put that file right, or set DEVCA_HOME to another folder",
          e);
    }
  }

  /** Under the lock: writes the key anew, behind a link if there is one. */
  void replaceKey(String pem) throws IOException {
    byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
    try (AtomicFile next =
        AtomicFile.prepare(AtomicFile.behindLinks(key()), bytes, FileMode.OWNER_ONLY)) {
      next.force();
      next.publish();
    } catch (IOException e) {
      throw new CaException(
          "cannot write " + key() + ": " + Reasons.of(e), "make room there; it is as it was", e);
    }
  }

  /** Does something while no other process or thread changes the folder, which is there. */
  void locked(Step step) throws IOException {
    try (DirectoryLock lock = lock()) {
      step.run();
    }
  }

  /** Reads while no other process or thread changes the folder, which is there. */
  <T> T lockedRead(Work<T> work) throws IOException {
    try (DirectoryLock lock = lock()) {
      return work.run();
    }
  }

  /**
   * Does something under the lock of the folder, which is made first if it is missing. If it fails,
   * the folder goes again where this made it.
   */
  <T> T lockedInNew(Work<T> work) throws IOException {
    try (DirectoryLock lock = makeAndLock()) {
      try {
        return work.run();
      } catch (IOException | RuntimeException e) {
        alsoAfter(e, lock::deleteFile);
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      alsoAfter(e, () -> CreatedFolders.removeOwn(directory));
      throw e;
    }
  }

  private static void alsoAfter(Exception failure, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private DirectoryLock makeAndLock() throws IOException {
    for (int attempt = 0; ; attempt++) {
      make();
      try {
        return lock();
      } catch (CaException e) {
        // Another process that gave up, or deleted its CA, took the folder away under our feet.
        if (!(e.getCause() instanceof NoSuchFileException) || attempt == FOLDER_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void make() throws IOException {
    try {
      CreatedFolders.makeOwn(directory);
    } catch (IOException e) {
      throw new CaException(
          "cannot create the CA folder " + directory + ": " + Reasons.of(e),
          "set DEVCA_HOME to a folder that you can write to",
          e);
    }
  }

  private DirectoryLock lock() throws IOException {
    try {
      return DirectoryLock.acquire(directory, LOCK_LIMIT);
    } catch (IOException e) {
      throw new CaException(
          "cannot lock the CA folder " + directory + ": " + Reasons.of(e),
          "set DEVCA_HOME to a folder that you can write to",
          e);
    }
  }

  /** The folder of the first CA, where it was only kept for this one beside it. */
  private void removeFirst() throws CaException {
    Optional<Path> first = CaLocation.first(directory);
    if (first.isEmpty()) {
      return;
    }
    try {
      CreatedFolders.removeOwn(first.get());
    } catch (IOException e) {
      throw new CaException(
          "cannot delete the folder " + first.get() + ": " + Reasons.of(e),
          "delete that folder yourself",
          e);
    }
  }

  /**
   * Deletes what a process that was killed left here, if there is no CA: no file that a person
   * might miss.
   */
  void sweep() throws IOException {
    if (NAMES.stream().noneMatch(name -> Files.exists(directory.resolve(name)))) {
      delete();
    }
  }

  /** Deletes what devca made here; a folder with anything else in it stays. */
  void delete() throws IOException {
    if (Files.isDirectory(directory)) {
      deleteFiles();
    }
    // Where more is left, the list of folders is for whoever takes that.
    CreatedFolders.removeOwn(directory);
    removeFirst();
  }

  private void deleteFiles() throws IOException {
    try (DirectoryLock lock = lock()) {
      new PendingCa(this).discard();
      new RotationFiles(directory).delete();
      // The key first: a certificate alone can still be told what it is.
      for (String name : NAMES) {
        Files.deleteIfExists(directory.resolve(name));
      }
      CreatedFolders.sweepLocked(directory);
      lock.deleteFile();
    } catch (CaException e) {
      throw e;
    } catch (IOException e) {
      throw new CaException(
          "cannot delete the CA in " + directory + ": " + Reasons.of(e),
          "delete that folder yourself",
          e);
    }
  }
}
