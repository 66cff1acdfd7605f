package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A file that {@code devca issue} writes.
 *
 * @param kinds what is in it: one thing, or certificate and key
 * @param path where it goes; empty for standard output
 */
record OutputFile(List<OutputKind> kinds, Optional<Path> path) {
  /** What the command line calls standard output. */
  static final String STANDARD_OUTPUT = "-";

  static OutputFile of(OutputKind kind, String file) {
    return new OutputFile(
        List.of(kind), file.equals(STANDARD_OUTPUT) ? Optional.empty() : Optional.of(path(file)));
  }

  private static Path path(String file) {
    for (int i = 0; i < file.length(); i++) {
      char c = file.charAt(i);
      // U+FFFD stands for bytes that were no UTF-8: the file would get another name than was asked.
      if (Character.isISOControl(c) || c == 0xFFFD) {
        throw new UsageException(
            "cannot use the file name '" + file + "': it is not printable UTF-8",
            "choose another file");
      }
    }
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new UsageException(
          "cannot use the file name '" + file + "': " + e.getReason(), "devca issue --help");
    }
  }

  /** Whether both are one file, also where they reach its folder in two ways. */
  boolean isSame(OutputFile other) {
    if (path.isPresent()
        && other.path.isPresent()
        && Objects.equals(path.get().getParent(), other.path.get().getParent())) {
      return Objects.equals(path.get().getFileName(), other.path.get().getFileName());
    }
    return real().equals(other.real());
  }

  /** Its absolute path, through no link but perhaps the file itself; empty for standard output. */
  Optional<Path> real() {
    return real(new HashMap<>());
  }

  /** The same of one of several files: a folder is asked for its links once. */
  Optional<Path> real(Map<Path, Path> folders) {
    return path.map(file -> real(file.toAbsolutePath().normalize(), folders));
  }

  private static Path real(Path absolute, Map<Path, Path> folders) {
    Path folder = absolute.getParent();
    return folder == null
        ? absolute
        : folders.computeIfAbsent(folder, OutputFile::realFolder).resolve(absolute.getFileName());
  }

  private static Path realFolder(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      // It is refused later on.
      return folder;
    }
  }

  // Written out: what a record has of its own is put together as the program runs, for 12 ms.
  @Override
  public boolean equals(Object other) {
    return other instanceof OutputFile that && kinds.equals(that.kinds) && path.equals(that.path);
  }

  @Override
  public int hashCode() {
    return 31 * kinds.hashCode() + path.hashCode();
  }

  boolean isSecret() {
    for (OutputKind kind : kinds) {
      if (kind.isSecret()) {
        return true;
      }
    }
    return false;
  }

  boolean holds(OutputKind kind) {
    return kinds.contains(kind);
  }

  /** For a person, and for JSON. */
  String shown() {
    return path.map(Path::toString).orElse(STANDARD_OUTPUT);
  }

  /**
   * Refuses a folder that is missing or read-only.
   *
   * @param good those that are neither; one that is not gets among them
   */
  void checkFolder(Set<Path> good) throws CaException {
    if (path.isEmpty()) {
      return;
    }
    Path folder = path.get().toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(path.get())) {
      throw cannotWrite("it is a directory", "name a file");
    }
    if (good.contains(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw cannotWrite(
          "the folder " + folder + " does not exist", "mkdir -p " + Shell.quote("" + folder));
    }
    if (!Files.isWritable(folder)) {
      throw cannotWrite(
          "the folder " + folder + " is not writable",
          "run it in another folder, or use " + options());
    }
    good.add(folder);
  }

  /** Refuses, of a file that is there, what must never be replaced, whatever is asked. */
  void checkReplaceable(Optional<CertificateAuthority> ca) throws CaException {
    Path file = path.orElseThrow();
    if (ca.isPresent() && isOfTheCa(ca.get(), file)) {
      throw cannotWrite("it belongs to the CA itself", "choose another file");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw cannotWrite("it is a link, or no regular file", "choose another file");
    }
  }

  boolean exists() {
    return path.isPresent() && Files.exists(path.get(), LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isOfTheCa(CertificateAuthority ca, Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    String name = String.valueOf(file.getFileName());
    try {
      return folder != null
          && ca.directory().isPresent()
          && Files.isSameFile(folder, ca.directory().get())
          && (name.startsWith("rootCA") || name.startsWith("intermediate"));
    } catch (IOException e) {
      return false;
    }
  }

  /** The options that choose another place. */
  String options() {
    OutputKind kind = kinds.get(0);
    return kind.isKeyStore()
        ? kind.option()
        : OutputKind.CERTIFICATE.option() + " and " + OutputKind.KEY.option();
  }

  CaException cannotWrite(String why, String remedy) {
    return new CaException("cannot write " + shown() + ": " + why, remedy);
  }
}
