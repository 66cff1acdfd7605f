package dev.devca.truststore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whose rights it takes to replace a file. */
final class FileRights {
  private FileRights() {}

  static Rights of(Host host, Path file) {
    Path folder = existingFolder(file);
    if (host.isRoot()) {
      boolean theirs =
          host.invokingUser().isPresent()
              && (host.isInHome(folder) || owner(folder).equals(host.invokingUser()));
      return theirs ? Rights.INVOKING_USER : Rights.OWN;
    }
    return Files.isWritable(folder) ? Rights.OWN : Rights.ROOT;
  }

  /** The folder in which the file would be replaced, or the nearest one that is there. */
  private static Path existingFolder(Path file) {
    Path folder = real(file.toAbsolutePath()).getParent();
    while (folder != null && !Files.exists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return folder == null ? file : folder;
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file;
    }
  }

  /** The user id of the owner, if the file system knows such. */
  static Optional<Long> owner(Path path) {
    try {
      return Optional.of(((Number) Files.getAttribute(path, "unix:uid")).longValue());
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
