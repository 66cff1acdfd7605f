package dev.devca.ca;

import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder {@code rotation} of a CA folder: copies of the old CA and the new one, both whole
 * until the rotation ends. To switch, the files of one are written over those of the CA; while that
 * lasts a file named for the target says so, and whoever finds it under the lock finishes.
 */
final class RotationFiles {
  static final String FOLDER = "rotation";
  static final String OLD = "old";
  static final String NEXT = "next";
  private static final String SWITCHING = "switching-to-";
  private static final String LOCK = ".lock";

  private final Path directory;
  private final Path folder;

  RotationFiles(Path directory) {
    this.directory = directory;
    this.folder = directory.resolve(FOLDER);
  }

  Path folder() {
    return folder;
  }

  Path of(String which) {
    return folder.resolve(which);
  }

  /** Whether there is a rotation, or was one, so that files may change at any time. */
  boolean isThere() {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether both CAs are kept: from the beginning of a rotation to its end. */
  boolean isBegun() {
    // Written last, and deleted first.
    return Files.exists(of(NEXT).resolve(CaFiles.CERTIFICATE));
  }

  /** Whether the CA is the new one already, or in a part of its files. */
  boolean isSwitched() throws IOException {
    if (Files.exists(mark(NEXT))) {
      return true;
    }
    Optional<byte[]> now = read(directory.resolve(CaFiles.CERTIFICATE));
    Optional<byte[]> next = read(of(NEXT).resolve(CaFiles.CERTIFICATE));
    return now.isPresent() && next.isPresent() && Arrays.equals(now.get(), next.get());
  }

  /** Under the lock: keeps the CA of now and the one that is to be. */
  void keep(NewCa next) throws IOException {
    discard();
    Map<String, byte[]> old = new LinkedHashMap<>();
    for (String name : CaFiles.NAMES) {
      read(directory.resolve(name)).ifPresent(bytes -> old.put(name, bytes));
    }
    write(of(OLD), old);
    Map<String, byte[]> files = new LinkedHashMap<>();
    next.files().forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.US_ASCII)));
    write(of(NEXT), files);
  }

  private static void write(Path target, Map<String, byte[]> files) throws IOException {
    FileMode.OWNER_ONLY.createDirectory(target);
    for (String name : CaFiles.NAMES) {
      if (files.containsKey(name)) {
        write(target.resolve(name), files.get(name), PendingCa.mode(name));
      }
    }
  }

  private static void write(Path file, byte[] bytes, FileMode mode) throws IOException {
    try (AtomicFile next = AtomicFile.prepare(file, bytes, mode)) {
      next.force();
      next.publish();
    }
  }

  /** Through this folder, so that a process that dies leaves nothing elsewhere. */
  private void replace(String name, byte[] bytes) throws IOException {
    Path file = directory.resolve(name);
    if (Files.isSymbolicLink(file)) {
      write(AtomicFile.behindLinks(file), bytes, PendingCa.mode(name));
      return;
    }
    write(of(name), bytes, PendingCa.mode(name));
    Files.move(of(name), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path mark(String which) {
    return of(SWITCHING + which);
  }

  /** Under the lock: makes the CA one of the two, also where it is neither as yet. */
  void switchTo(String which) throws IOException {
    if (!Files.exists(mark(which))) {
      Files.createFile(mark(which));
    }
    Files.deleteIfExists(mark(other(which)));
    copy(which);
  }

  private static String other(String which) {
    return which.equals(OLD) ? NEXT : OLD;
  }

  /** Under the lock: finishes a switch that was begun; of two, the way back came last. */
  void recover() throws IOException {
    for (String which : List.of(OLD, NEXT)) {
      if (Files.exists(mark(which))) {
        switchTo(which);
        return;
      }
    }
  }

  private void copy(String which) throws IOException {
    for (String name : CaFiles.NAMES) {
      Optional<byte[]> bytes = read(of(which).resolve(name));
      if (bytes.isPresent()) {
        replace(name, bytes.get());
      } else {
        Files.deleteIfExists(directory.resolve(name));
      }
    }
    Files.delete(mark(which));
  }

  /** Under the lock: forgets the rotation; the lock of it stays. */
  void discard() throws IOException {
    if (!isThere()) {
      return;
    }
    Files.deleteIfExists(of(NEXT).resolve(CaFiles.CERTIFICATE));
    List<Path> content;
    try (Stream<Path> all = Files.walk(folder)) {
      content =
          all.filter(path -> !path.equals(folder) && !path.endsWith(LOCK))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    for (Path path : content) {
      Files.deleteIfExists(path);
    }
  }

  /** Deletes the folder too. */
  void delete() throws IOException {
    if (isThere()) {
      discard();
      Files.deleteIfExists(folder.resolve(LOCK));
      Files.deleteIfExists(folder);
    }
  }

  private static Optional<byte[]> read(Path file) throws IOException {
    return BoundedFiles.readIfPresent(file, BoundedFiles.PEM_LIMIT);
  }
}
