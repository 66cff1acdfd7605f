package dev.devca.ca;

import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.DirectoryLock;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The files of a CA folder. A new certificate and key are first written whole into {@code .new},
 * then moved: key, then certificate. Whoever finds {@code .new} under the lock finishes the move
 * or, if it never became whole, discards it; so they appear together or not at all.
 */
final class CaFiles {
  static final String CERTIFICATE = "rootCA.pem";
  static final String KEY = "rootCA-key.pem";
  private static final String PENDING = ".new";
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(30);

  private final Path directory;

  CaFiles(Path directory) {
    this.directory = directory;
  }

  Path certificate() {
    return directory.resolve(CERTIFICATE);
  }

  Path key() {
    return directory.resolve(KEY);
  }

  /** Whether something here needs the lock before it can be read. */
  boolean isPending() {
    return Files.exists(directory.resolve(PENDING), LinkOption.NOFOLLOW_LINKS);
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
          "cannot read " + file + ": " + e.getMessage(),
          "set DEVCA_HOME to another folder, or put the file right",
          e);
    }
  }

  /** Makes the folder if it is missing, for its owner alone. */
  void makeDirectory() throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    try {
      Path parent = directory.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(directory);
      FileMode.OWNER_ONLY.applyTo(directory);
    } catch (FileAlreadyExistsException | NotDirectoryException e) {
      if (!Files.isDirectory(directory)) {
        throw new CaException(
            "cannot create the CA folder " + directory + ": a file is in the way",
            "set DEVCA_HOME to another folder",
            e);
      }
    } catch (IOException e) {
      throw new CaException(
          "cannot create the CA folder " + directory + ": " + Reasons.of(e),
          "set DEVCA_HOME to a folder that you can write to",
          e);
    }
  }

  DirectoryLock lock() throws IOException {
    try {
      return DirectoryLock.acquire(directory, LOCK_LIMIT);
    } catch (IOException e) {
      throw new CaException(
          "cannot lock the CA folder " + directory + ": " + Reasons.of(e),
          "set DEVCA_HOME to a folder that you can write to",
          e);
    }
  }

  /** Under the lock: finishes or discards what a process that died had begun. */
  void recover() throws IOException {
    Path pending = directory.resolve(PENDING);
    if (!Files.isDirectory(pending, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    // The certificate is written last: where it is, the key was whole.
    if (Files.exists(pending.resolve(CERTIFICATE))) {
      finish(pending);
    } else {
      discard(pending);
    }
  }

  /** Under the lock: publishes a new key and certificate together. */
  void publish(String certificatePem, String keyPem) throws IOException {
    Path pending = directory.resolve(PENDING);
    try {
      Files.createDirectory(pending);
      FileMode.OWNER_ONLY.applyTo(pending);
      write(pending.resolve(KEY), keyPem, FileMode.OWNER_ONLY);
      write(pending.resolve(CERTIFICATE), certificatePem, FileMode.WORLD_READABLE);
    } catch (IOException e) {
      discard(pending);
      throw new CaException(
          "cannot create the CA in " + directory + ": " + Reasons.of(e),
          "make room there, or set DEVCA_HOME to a folder that you can write to",
          e);
    }
    finish(pending);
  }

  private static void write(Path file, String text, FileMode mode) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    try (AtomicFile atomic = AtomicFile.prepare(file, bytes, mode)) {
      atomic.force();
      atomic.publish();
    }
  }

  private void finish(Path pending) throws IOException {
    if (Files.exists(pending.resolve(KEY))) {
      Files.move(pending.resolve(KEY), key());
    }
    Files.move(pending.resolve(CERTIFICATE), certificate());
    discard(pending);
  }

  private static void discard(Path pending) throws IOException {
    if (!Files.isDirectory(pending, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var files = Files.newDirectoryStream(pending)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.deleteIfExists(pending);
  }

  /** Deletes what devca made here; a folder with anything else in it stays. */
  void delete() throws IOException {
    try (DirectoryLock lock = lock()) {
      recover();
      Files.deleteIfExists(key());
      Files.deleteIfExists(certificate());
      lock.deleteFile();
    }
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      // Somebody's files, or a trust store's: not ours to delete.
      return;
    }
  }
}
