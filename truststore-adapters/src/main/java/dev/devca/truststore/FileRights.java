package dev.devca.truststore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose rights it takes to replace a file. What lies in the home of a user, or in a folder that is
 * theirs, only they change, whether they or root ask: else each would hand it to the other.
 */
final class FileRights {
  private FileRights() {}

  static Rights of(Host host, Path file) {
    Path folder = existingFolder(file);
    if (host.isRoot()) {
      return host.invokingUser().isPresent() && isOf(host.ownerId(), host, folder)
          ? Rights.INVOKING_USER
          : Rights.OWN;
    }
    return Files.isWritable(folder) || isOf(host.ownerId(), host, folder)
        ? Rights.OWN
        : Rights.ROOT;
  }

  private static boolean isOf(long user, Host host, Path folder) {
    return host.isInHome(folder) || owner(folder).equals(Optional.of(user));
  }

  /**
   * The command by which users get the rights to what is theirs.
   *
   * @param refused the file or folder that may not be read or written
   * @param folder the folder to mend
   */
  static String remedy(Host host, Path refused, Path folder) {
    String quoted = ShellLines.quote(folder.toString());
    return owner(refused).equals(Optional.of(host.ownerId()))
        ? "chmod -R u+rwX " + quoted
        : "sudo chown -R " + host.ownerId() + " " + quoted;
  }

  /** The folder in which the file would be replaced, or the nearest one that is there. */
  private static Path existingFolder(Path file) {
    Path folder = real(file.toAbsolutePath()).getParent();
    while (folder != null && !Files.exists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return folder == null ? file : folder;
  }

  /** The file with all links followed; itself if it is not there. */
  static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file;
    }
  }

  /** The user id of the owner, if the file system knows such. */
  private static Optional<Long> owner(Path path) {
    try {
      return Optional.of(((Number) Files.getAttribute(path, "unix:uid")).longValue());
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
