package dev.devca.ca.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read a file, where that was chosen.
 *
 * @param permissions exactly these, whatever the process's umask
 * @param group the name of its group, or empty to leave it as it is made
 */
public record FileAccess(Set<PosixFilePermission> permissions, Optional<String> group) {
  /** Takes a copy. */
  public FileAccess {
    permissions = Set.copyOf(permissions);
  }

  /** Gives them to a file. The group first: what it may do must never be another group's. */
  void applyTo(Path file) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      throw new IOException("its file system keeps no groups and modes");
    }
    if (group.isPresent()) {
      try {
        view.setGroup(
            file.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByGroupName(group.get()));
      } catch (IOException e) {
        throw new IOException("the group " + group.get() + " cannot be set", e);
      }
    }
    view.setPermissions(permissions);
  }
}
