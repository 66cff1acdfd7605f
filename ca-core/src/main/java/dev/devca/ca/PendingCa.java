package dev.devca.ca;

import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A new CA on its way into its folder. Key and certificate are first written whole into {@code
 * .new}, then moved: key, then certificate. Whoever finds {@code .new} under the lock finishes the
 * move or, if it never became whole, discards it; so they appear together or not at all.
 */
final class PendingCa {
  private final CaFiles files;
  private final Path pending;

  PendingCa(CaFiles files) {
    this.files = files;
    this.pending = files.directory().resolve(".new");
  }

  /** Whether a process has begun and not ended: then nothing can be read without the lock. */
  boolean isThere() {
    return Files.isDirectory(pending, LinkOption.NOFOLLOW_LINKS);
  }

  /** Under the lock: finishes or discards what a process that died had begun. */
  void recover() throws IOException {
    if (!isThere()) {
      return;
    }
    // The certificate is written last: where it is, the key was whole. It is moved last, too.
    boolean whole = Files.exists(certificate());
    boolean keyMoved = Files.exists(files.key()) && !Files.exists(key());
    boolean untouched = Files.exists(key()) && !exists(files.key());
    if (whole && (keyMoved || untouched) && !exists(files.certificate())) {
      finish();
    } else {
      discard();
    }
  }

  /** Under the lock: publishes a new key and certificate together. */
  void publish(String certificatePem, String keyPem) throws IOException {
    try {
      FileMode.OWNER_ONLY.createDirectory(pending);
      write(key(), keyPem, FileMode.OWNER_ONLY);
      write(certificate(), certificatePem, FileMode.WORLD_READABLE);
      finish();
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
  }

  private static void write(Path file, String text, FileMode mode) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    try (AtomicFile atomic = AtomicFile.prepare(file, bytes, mode)) {
      atomic.force();
      atomic.publish();
    }
  }

  private void finish() throws IOException {
    if (Files.exists(key())) {
      Files.move(key(), files.key());
    }
    Files.move(certificate(), files.certificate());
    try {
      discard();
    } catch (IOException e) {
      // The CA is whole. An empty folder that cannot be deleted now goes when it next can be.
      return;
    }
  }

  /** The key may have been moved; a certificate that was is the end of it. */
  private void takeBack(IOException cause) {
    try {
      boolean keyMoved = isThere() && Files.exists(certificate()) && !Files.exists(key());
      if (keyMoved) {
        Files.move(files.key(), key());
      }
      discard();
    } catch (IOException e) {
      // Whoever comes next finds it and goes on from there.
      cause.addSuppressed(e);
    }
  }

  /** Under the lock: deletes what was not published. */
  void discard() throws IOException {
    if (!isThere()) {
      return;
    }
    try (var content = Files.newDirectoryStream(pending)) {
      for (Path file : content) {
        Files.delete(file);
      }
    }
    Files.delete(pending);
  }

  private Path key() {
    return pending.resolve(CaFiles.KEY);
  }

  private Path certificate() {
    return pending.resolve(CaFiles.CERTIFICATE);
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
