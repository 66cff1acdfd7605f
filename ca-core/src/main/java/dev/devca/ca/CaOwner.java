package dev.devca.ca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;

/**
 * Refuses a CA folder, certificate or key of another user, who would hold the key to every
 * connection of this machine.
 */
interface CaOwner {
  void check(Path path) throws IOException;

  /** Checks against the user of this process. */
  static CaOwner process() {
    return path -> {
      UserPrincipal owner = Files.getOwner(path);
      // The JDK knows the name of the user, not the id; Linux tells the user by this process's own
      // folder, also where the user has no name, as in a container.
      Path self = Path.of("/proc/self");
      boolean same =
          (path.getFileSystem() == self.getFileSystem() && Files.exists(self))
              ? owner.equals(Files.getOwner(self))
              // On Windows a group owns what an elevated process made, and no user else can.
              : owner instanceof GroupPrincipal || isOwn(owner.getName());
      if (!same) {
        throw new CaException(
            "cannot use " + path + ": it belongs to " + owner.getName(),
            "run devca as that user, or set DEVCA_HOME to a folder of your own");
      }
    };
  }

  /** Windows says DOMAIN\\name, of an owner as of a process. */
  private static boolean isOwn(String owner) {
    return owner.equals(
        ProcessHandle.current().info().user().orElseGet(() -> System.getProperty("user.name")));
  }

  /** For file systems whose owners are not users of this machine. */
  static CaOwner any() {
    return path -> {};
  }
}
