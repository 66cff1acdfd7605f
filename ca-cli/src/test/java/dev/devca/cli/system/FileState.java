package dev.devca.cli.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a path is: all that a test compares. Times are not: reading and writing back changes them.
 *
 * @param type {@code file}, {@code folder}, {@code link}, {@code other} or {@code absent}
 * @param rights octal mode, owner and group; empty for a link, whose rights mean nothing
 * @param content the SHA-256 of a file, the target of a link
 */
record FileState(String type, String rights, String content) {

  static final FileState ABSENT = new FileState("absent", "", "");

  /** Reads a path, never through a link at its end. */
  static FileState of(Path path) {
    try {
      Map<String, Object> attributes =
          Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
      int mode = (int) attributes.get("mode");
      String rights =
          Integer.toOctalString(mode & 07777)
              + (" " + attributes.get("uid") + ":" + attributes.get("gid"));
      // The file type bits of stat(2).
      return switch (mode >> 12) {
        case 004 -> new FileState("folder", rights, "");
        case 010 -> new FileState("file", rights, sha256(path));
        case 012 -> new FileState("link", "", Files.readSymbolicLink(path).toString());
        default -> new FileState("other", rights, "");
      };
    } catch (NoSuchFileException | NotDirectoryException e) {
      return ABSENT;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot read " + path, e);
    }
  }

  private static String sha256(Path path) throws IOException, GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = Files.newInputStream(path);
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  boolean exists() {
    return !equals(ABSENT);
  }

  boolean isFolder() {
    return type.equals("folder");
  }

  @Override
  public String toString() {
    return (type + " " + rights + " " + content).strip();
  }
}
