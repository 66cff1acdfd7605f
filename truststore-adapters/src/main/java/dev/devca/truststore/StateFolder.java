package dev.devca.truststore;

import dev.devca.ca.CaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * Refuses a folder of what devca keeps from which root would put back what somebody else wrote:
 * what stands in its journal becomes the content of the machine's files.
 */
final class StateFolder {
  private StateFolder() {}

  /**
   * Looks at the folder, which need not be there.
   *
   * @throws CaException if it is no folder, or if this is root and another user may write to it
   */
  static void check(Host host, Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw refused(folder, "it is no folder");
    }
    if (host.isRoot()) {
      checkOnlyRootWrites(folder, folder);
      for (String name : new String[] {"journal", "roots", "nss"}) {
        checkOnlyRootWrites(folder, folder.resolve(name));
      }
    }
  }

  private static void checkOnlyRootWrites(Path folder, Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      throw refused(folder, path + " is a link");
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    PosixFileAttributes attributes = view.readAttributes();
    if (!RootOwned.is(attributes.owner(), path)) {
      throw refused(folder, path + " belongs to " + attributes.owner().getName() + ", not to root");
    }
    if (RootOwned.isWritableByOthers(attributes)) {
      throw refused(folder, "others may write to " + path);
    }
  }

  private static CaException refused(Path folder, String why) {
    String quoted = ShellLines.word(folder.toString());
    return new CaException(
        "cannot use " + folder + ": " + why,
        "look what is in it, then: sudo mv " + quoted + " " + ShellLines.word(folder + ".old"));
  }
}
