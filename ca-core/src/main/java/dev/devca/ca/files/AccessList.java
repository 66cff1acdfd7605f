package dev.devca.ca.files;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The access list of a file on Windows. */
final class AccessList {
  private AccessList() {}

  /**
   * Lets nobody in but the user whose file it is, and makes it that user's.
   *
   * @param directory whether what is made in it shall have the same list
   * @throws IOException if the file system keeps no access lists, such as FAT
   */
  static void narrow(Path path, boolean directory) throws IOException {
    AclFileAttributeView view =
        Files.getFileAttributeView(path, AclFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    FileStore store = Files.getFileStore(path);
    // Windows has the view for each file, and a change of it that does nothing.
    if (view == null || !store.supportsFileAttributeView(AclFileAttributeView.class)) {
      throw new IOException("its file system keeps no permissions");
    }
    UserPrincipal user = user(path, view.getOwner());
    if (!user.equals(view.getOwner())) {
      view.setOwner(user);
    }
    AclEntry.Builder entry =
        AclEntry.newBuilder()
            .setType(AclEntryType.ALLOW)
            .setPrincipal(user)
            .setPermissions(EnumSet.allOf(AclEntryPermission.class));
    if (directory) {
      entry.setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT);
    }
    view.setAcl(List.of(entry.build()));
  }

  /**
   * What an elevated process makes belongs to the group of the administrators: its user would be
   * kept out as soon as the rights are gone.
   */
  private static UserPrincipal user(Path path, UserPrincipal owner) throws IOException {
    // DOMAIN\\name, from the process itself.
    Optional<String> name = ProcessHandle.current().info().user();
    return owner instanceof GroupPrincipal && name.isPresent()
        ? path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name.get())
        : owner;
  }
}
