package dev.devca.ca;

import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A new CA on its way into its folder. Its files are first written whole into {@code .new}, then
 * moved, the root last. Whoever finds {@code .new} under the lock finishes the move or, if it never
 * became whole, discards it; so they appear together or not at all.
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
    // The root is written last: where it is, the others were whole. It is moved last, too.
    boolean whole = Files.exists(pending.resolve(CaFiles.CERTIFICATE));
    boolean free =
        CaFiles.NAMES.stream()
            .noneMatch(
                name ->
                    Files.exists(pending.resolve(name)) && exists(files.directory().resolve(name)));
    if (whole && free) {
      finish();
    } else {
      discard();
    }
  }

  /** Under the lock: publishes the files of a new CA together. */
  void publish(NewCa ca) throws IOException {
    try {
      FileMode.OWNER_ONLY.createDirectory(pending);
      Map<String, String> contents = ca.files();
      for (String name : CaFiles.NAMES) {
        @Nullable String text = contents.get(name);
        if (text != null) {
          write(pending.resolve(name), text, mode(name));
        }
      }
      finish();
    } catch (IOException e) {
      takeBack(ca, e);
      throw e;
    }
  }

  static FileMode mode(String name) {
    return name.endsWith("-key.pem") ? FileMode.OWNER_ONLY : FileMode.WORLD_READABLE;
  }

  private static void write(Path file, String text, FileMode mode) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    try (AtomicFile atomic = AtomicFile.prepare(file, bytes, mode)) {
      atomic.force();
      atomic.publish();
    }
  }

  private void finish() throws IOException {
    for (String name : CaFiles.NAMES) {
      if (Files.exists(pending.resolve(name))) {
        Files.move(pending.resolve(name), files.directory().resolve(name));
      }
    }
    try {
      discard();
    } catch (IOException e) {
      // The CA is whole. An empty folder that cannot be deleted now goes when it next can be.
      return;
    }
  }

  /** Some may have been moved; a root that was is the end of it. */
  private void takeBack(NewCa ca, IOException cause) {
    try {
      if (isThere() && Files.exists(pending.resolve(CaFiles.CERTIFICATE))) {
        for (String name : ca.files().keySet()) {
          if (!Files.exists(pending.resolve(name))) {
            Files.move(files.directory().resolve(name), pending.resolve(name));
          }
        }
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

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
