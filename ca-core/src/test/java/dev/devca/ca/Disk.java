package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.devca.ca.files.Sha256;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Disks in memory, and what is on a disk. */
final class Disk {
  private Disk() {}

  /** The two ways in which a disk keeps who may read a file. */
  enum Form {
    UNIX("/home/zoe"),
    WINDOWS("C:\\Users\\zoe");

    private final String home;

    Form(String home) {
      this.home = home;
    }

    FileSystem newDisk() {
      return this == UNIX ? unix() : windows();
    }

    /** A CA folder that is not there, in a home that is. */
    Path caFolder(FileSystem disk) throws IOException {
      return Files.createDirectories(disk.getPath(home)).resolve("data").resolve("devca");
    }
  }

  static FileSystem unix() {
    return Jimfs.newFileSystem(
        Configuration.unix().toBuilder()
            .setAttributeViews("basic", "owner", "posix", "unix")
            .setDefaultAttributeValue("posix:permissions", "rwxr-xr-x")
            .build());
  }

  static FileSystem windows() {
    return Jimfs.newFileSystem(
        Configuration.windows().toBuilder()
            .setAttributeViews("basic", "owner", "dos", "acl", "user")
            .build());
  }

  /** A CA folder that is not there, on a new disk. */
  static Path caFolder() throws IOException {
    return Form.UNIX.caFolder(unix());
  }

  static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  static void setMode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  /** Each file and folder below a folder with its kind, owner, mode and content. */
  static Map<String, String> snapshot(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) tree::iterator) {
        all.put(path.toString(), describe(path));
      }
    }
    return all;
  }

  private static String describe(Path path) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    String rights = "";
    if (view != null) {
      PosixFileAttributes attributes = view.readAttributes();
      rights = attributes.owner() + " " + PosixFilePermissions.toString(attributes.permissions());
    }
    if (Files.isSymbolicLink(path)) {
      return rights + " link to " + Files.readSymbolicLink(path);
    }
    return Files.isDirectory(path)
        ? rights + " folder"
        : rights + " " + Sha256.hex(Files.readAllBytes(path));
  }

  /** Asserts a refusal in one line with a remedy, by which nothing changed below a folder. */
  static CaException assertRefused(Path folder, ThrowingCallable attempt) throws IOException {
    Map<String, String> before = snapshot(folder);

    Throwable thrown = catchThrowable(attempt);

    assertThat(thrown).isInstanceOf(CaException.class);
    CaException refusal = (CaException) thrown;
    assertThat(refusal.getMessage()).matches("cannot [a-z][^\n\r]*: [^\n\r]+");
    assertThat(refusal.remedy()).matches("[^\n\r]+");
    assertThat(snapshot(folder)).isEqualTo(before);
    return refusal;
  }
}
