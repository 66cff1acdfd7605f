package dev.devca.truststore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;

/** What only root may change. */
final class RootOwned {
  private RootOwned() {}

  /** Whether this is root, or who owns the top of the file system where user ids are mapped. */
  static boolean is(UserPrincipal owner, Path path) throws IOException {
    Path top = path.toAbsolutePath().getRoot();
    return owner.getName().equals("root") || (top != null && owner.equals(Files.getOwner(top)));
  }

  static boolean isWritableByOthers(PosixFileAttributes attributes) {
    return attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }

  /** Whether nobody else can put a program into this folder; not where it is missing. */
  static boolean isFolderOfPrograms(Path folder) {
    try {
      PosixFileAttributeView view =
          Files.getFileAttributeView(folder, PosixFileAttributeView.class);
      if (view == null) {
        return true;
      }
      PosixFileAttributes attributes = view.readAttributes();
      // Debian's /usr/local is its group's too, whose members it counts as root.
      return is(attributes.owner(), folder)
          && !attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      return false;
    }
  }
}
