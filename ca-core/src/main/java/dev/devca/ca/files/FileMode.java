package dev.devca.ca.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Who may read a file or folder that we make. */
public enum FileMode {
  /** 0600 and 0700; on Windows an access control list that names the owner alone. */
  OWNER_ONLY("rw-------", "rwx------"),
  /** 0644 and 0755. */
  WORLD_READABLE("rw-r--r--", "rwxr-xr-x");

  private final String filePermissions;
  private final String directoryPermissions;

  FileMode(String filePermissions, String directoryPermissions) {
    this.filePermissions = filePermissions;
    this.directoryPermissions = directoryPermissions;
  }

  /** The attributes for the call that creates a file: nobody reads it before they hold. */
  FileAttribute<?>[] atCreation(Path parent) {
    // Always the narrow mode: a file is widened, if at all, when it is whole.
    return Files.getFileAttributeView(parent, PosixFileAttributeView.class) == null
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(
              PosixFilePermissions.fromString(OWNER_ONLY.filePermissions))
        };
  }

  /**
   * Makes a folder that has this mode from its beginning.
   *
   * @param folder a folder that is not there
   * @throws IOException if it cannot be made, or the file system keeps no permissions for a folder
   *     that must have them; then it is not there
   */
  public void createDirectory(Path folder) throws IOException {
    boolean posix = Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null;
    Files.createDirectory(
        folder,
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(
                  PosixFilePermissions.fromString(directoryPermissions))
            }
            : new FileAttribute<?>[0]);
    try {
      applyTo(folder);
    } catch (IOException e) {
      Files.delete(folder);
      throw e;
    }
  }

  /**
   * Gives a file or folder exactly this mode, whatever the process's umask.
   *
   * @param path a file or folder, not a link
   * @throws IOException if the file system keeps no permissions for a file that must have them
   */
  public void applyTo(Path path) throws IOException {
    apply(path, Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
  }

  /** As {@link #applyTo}, for what is known to be a file. */
  void applyToFile(Path file) throws IOException {
    apply(file, false);
  }

  private void apply(Path path, boolean directory) throws IOException {
    PosixFileAttributeView posix =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (posix != null) {
      Files.setPosixFilePermissions(
          path,
          PosixFilePermissions.fromString(directory ? directoryPermissions : filePermissions));
      return;
    }
    if (this != OWNER_ONLY) {
      return;
    }
    AccessList.narrow(path, directory);
  }
}
