package dev.devca.ca.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);

  private final FileSystem unix =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder()
              .setAttributeViews("basic", "owner", "posix", "unix")
              .build());
  private final FileSystem windows =
      Jimfs.newFileSystem(
          Configuration.windows().toBuilder()
              .setAttributeViews("basic", "owner", "dos", "acl", "user")
              .build());

  @Test
  void replaceKeeping_existingFile_keepsOwnerGroupAndMode() throws IOException {
    Path file = Files.writeString(unix.getPath("/file"), "old");
    var lookup = unix.getUserPrincipalLookupService();
    var posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    posix.setOwner(lookup.lookupPrincipalByName("zoe"));
    posix.setGroup(lookup.lookupPrincipalByGroupName("staff"));
    posix.setPermissions(PosixFilePermissions.fromString("r--r-----"));

    AtomicFile.replaceKeeping(file, NEW, FileMode.WORLD_READABLE);

    assertThat(file).hasContent("new");
    var after = posix.readAttributes();
    assertThat(after.owner().getName()).isEqualTo("zoe");
    assertThat(after.group().getName()).isEqualTo("staff");
    assertThat(PosixFilePermissions.toString(after.permissions())).isEqualTo("r--r-----");
    assertThat(names(unix.getPath("/"))).containsExactly("file", "work");
  }

  @Test
  void keepAccess_existingFile_isThatOfTheTarget() throws IOException {
    Path file = Files.writeString(unix.getPath("/file"), "old");
    var lookup = unix.getUserPrincipalLookupService();
    var posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    posix.setGroup(lookup.lookupPrincipalByGroupName("staff"));
    posix.setPermissions(PosixFilePermissions.fromString("rw-r-----"));

    try (AtomicFile next = AtomicFile.prepare(file, NEW, FileMode.OWNER_ONLY)) {
      next.keepAccess();
      next.publish();
    }

    assertThat(file).hasContent("new");
    assertThat(posix.readAttributes().group().getName()).isEqualTo("staff");
    assertThat(mode(file)).isEqualTo("rw-r-----");
  }

  @Test
  void replaceKeeping_newFile_hasTheModeGiven() throws IOException {
    Path open = unix.getPath("/open");
    Path secret = unix.getPath("/secret");

    AtomicFile.replaceKeeping(open, NEW, FileMode.WORLD_READABLE);
    AtomicFile.replaceKeeping(secret, NEW, FileMode.OWNER_ONLY);

    assertThat(mode(open)).isEqualTo("rw-r--r--");
    assertThat(mode(secret)).isEqualTo("rw-------");
  }

  @Test
  void replaceKeeping_link_changesWhatItLeadsTo() throws IOException {
    Path target = Files.createDirectory(unix.getPath("/dotfiles")).resolve("bashrc");
    Files.writeString(target, "old");
    Path link = Files.createSymbolicLink(unix.getPath("/.bashrc"), unix.getPath("dotfiles/bashrc"));

    AtomicFile.replaceKeeping(link, NEW, FileMode.WORLD_READABLE);

    assertThat(Files.readSymbolicLink(link).toString()).isEqualTo("dotfiles/bashrc");
    assertThat(target).hasContent("new");
  }

  @Test
  void replaceKeeping_linksToNoFile_makesTheFileTheyLeadTo() throws IOException {
    Files.createDirectory(unix.getPath("/a"));
    Path second = Files.createSymbolicLink(unix.getPath("/a/second"), unix.getPath("target"));
    Path first = Files.createSymbolicLink(unix.getPath("/first"), unix.getPath("a/second"));

    AtomicFile.replaceKeeping(first, NEW, FileMode.WORLD_READABLE);

    assertThat(first).isSymbolicLink();
    assertThat(second).isSymbolicLink();
    assertThat(unix.getPath("/a/target")).hasContent("new");
  }

  @Test
  void replaceKeeping_linksInACircle_failsAndLeavesThem() throws IOException {
    Path a = Files.createSymbolicLink(unix.getPath("/a"), unix.getPath("b"));
    Path b = Files.createSymbolicLink(unix.getPath("/b"), unix.getPath("a"));

    assertThatThrownBy(() -> AtomicFile.replaceKeeping(a, NEW, FileMode.WORLD_READABLE))
        .isInstanceOf(IOException.class);

    assertThat(a).isSymbolicLink();
    assertThat(b).isSymbolicLink();
  }

  @Test
  void replaceKeeping_folderInItsPlace_failsAndLeavesNothing() throws IOException {
    Path folder = Files.createDirectories(unix.getPath("/folder/sub")).getParent();

    assertThatThrownBy(() -> AtomicFile.replaceKeeping(folder, NEW, FileMode.WORLD_READABLE))
        .isInstanceOf(IOException.class);

    assertThat(names(folder)).containsExactly("sub");
    assertThat(names(unix.getPath("/"))).containsExactly("folder", "work");
  }

  @Test
  void replaceKeeping_onWindows_keepsTheAccessList() throws IOException {
    Path file = Files.writeString(windows.getPath("C:\\cacerts"), "old");
    AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
    List<AclEntry> everyoneReads =
        List.of(
            AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(
                    windows.getUserPrincipalLookupService().lookupPrincipalByName("Everyone"))
                .setPermissions(AclEntryPermission.READ_DATA)
                .build());
    view.setAcl(everyoneReads);

    AtomicFile.replaceKeeping(file, NEW, FileMode.OWNER_ONLY);

    assertThat(file).hasContent("new");
    assertThat(view.getAcl()).isEqualTo(everyoneReads);
  }

  @Test
  void prepare_onWindows_narrowsOnlyWhatIsForTheOwner() throws IOException {
    Path key = windows.getPath("C:\\key.pem");
    Path certificate = windows.getPath("C:\\cert.pem");

    try (AtomicFile a = AtomicFile.prepare(key, NEW, FileMode.OWNER_ONLY);
        AtomicFile b = AtomicFile.prepare(certificate, NEW, FileMode.WORLD_READABLE)) {
      a.publish();
      b.publish();
    }

    assertThat(Files.getFileAttributeView(key, AclFileAttributeView.class).getAcl()).hasSize(1);
    assertThat(Files.getFileAttributeView(certificate, AclFileAttributeView.class).getAcl())
        .as("what the folder hands down")
        .isEmpty();
  }

  @Test
  void close_notPublished_leavesTheTargetAsItWas() throws IOException {
    Path file = Files.writeString(unix.getPath("/file"), "old");

    try (AtomicFile next = AtomicFile.prepare(file, NEW, FileMode.OWNER_ONLY)) {
      next.force();
      assertThat(names(unix.getPath("/"))).hasSize(3);
    }

    assertThat(file).hasContent("old");
    assertThat(names(unix.getPath("/"))).containsExactly("file", "work");
  }

  @Test
  void prepare_longestFileName_fits() throws IOException {
    Path file = unix.getPath("/" + "n".repeat(255));

    try (AtomicFile next = AtomicFile.prepare(file, NEW, FileMode.OWNER_ONLY)) {
      next.publish();
    }

    assertThat(file).hasContent("new");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it compares the rights of POSIX")
  void replaceKeeping_readOnlyFileOnADisk_isReplaced(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("cacerts"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

    AtomicFile.replaceKeeping(file, NEW, FileMode.WORLD_READABLE);

    assertThat(file).hasContent("new");
    assertThat(mode(file)).isEqualTo("r--r--r--");
    assertThat(names(folder)).containsExactly("cacerts");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
