package dev.devca.ca.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk as Windows has it. */
class AccessListTest {
  private static final byte[] SECRET = {1, 2, 3};

  private final FileSystem disk = disk("basic", "owner", "dos", "acl");
  private final Path folder = disk.getPath("C:\\project");

  private static FileSystem disk(String... views) {
    String[] more = Stream.of(views).skip(1).toArray(String[]::new);
    return Jimfs.newFileSystem(
        Configuration.windows().toBuilder().setAttributeViews(views[0], more).build());
  }

  private static AclFileAttributeView view(Path path) {
    return Files.getFileAttributeView(path, AclFileAttributeView.class);
  }

  private static AclEntry onlyEntry(Path path) throws IOException {
    assertThat(view(path).getAcl()).hasSize(1);
    AclEntry entry = view(path).getAcl().get(0);
    assertThat(entry.type()).isEqualTo(AclEntryType.ALLOW);
    assertThat(entry.principal()).isEqualTo(Files.getOwner(path));
    assertThat(entry.permissions()).containsExactlyInAnyOrder(AclEntryPermission.values());
    return entry;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void createDirectory_forItsOwner_handsThatDown() throws IOException {
    FileMode.OWNER_ONLY.createDirectory(folder);

    assertThat(onlyEntry(folder).flags())
        .containsExactlyInAnyOrder(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT);
  }

  @Test
  void applyTo_ownedByTheAdministrators_becomesTheUsers() throws IOException {
    Path file = Files.createFile(disk.getPath("C:\\key.pem"));
    Files.setOwner(
        file,
        disk.getUserPrincipalLookupService().lookupPrincipalByGroupName("BUILTIN\\Administrators"));

    FileMode.OWNER_ONLY.applyTo(file);

    assertThat(Files.getOwner(file).getName())
        .isEqualTo(ProcessHandle.current().info().user().orElseThrow());
    assertThat(onlyEntry(file).flags()).isEmpty();
  }

  @Test
  void prepare_forItsOwner_isMadeWhereNobodyElseCanOpenIt() throws IOException {
    Files.createDirectory(folder);
    Path key = folder.resolve("key.pem");

    try (AtomicFile file = AtomicFile.prepare(key, SECRET, FileMode.OWNER_ONLY)) {
      assertThat(names(folder)).hasSize(1);
      Path room = folder.resolve(names(folder).get(0));
      assertThat(room).isDirectory();
      assertThat(onlyEntry(room).flags()).contains(AclEntryFlag.FILE_INHERIT);
      file.publish();
    }

    onlyEntry(key);
    assertThat(key).hasBinaryContent(SECRET);
    assertThat(names(folder)).containsExactly("key.pem");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void replaceKeeping_forItsOwner_leavesNothingBeside(boolean isThere) throws IOException {
    Files.createDirectory(folder);
    Path file = folder.resolve("journal");
    if (isThere) {
      Files.createFile(file);
      FileMode.OWNER_ONLY.applyTo(file);
    }

    AtomicFile.replaceKeeping(file, SECRET, FileMode.OWNER_ONLY);

    onlyEntry(file);
    assertThat(names(folder)).containsExactly("journal");
  }

  @Test
  void close_notPublished_leavesNothing() throws IOException {
    Files.createDirectory(folder);

    AtomicFile.prepare(folder.resolve("key.pem"), SECRET, FileMode.OWNER_ONLY).close();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void prepare_diskWithoutAccessLists_writesNoSecret() throws IOException {
    Path card = Files.createDirectory(disk("basic", "owner", "dos").getPath("C:\\card"));
    Path key = card.resolve("key.pem");

    assertThatThrownBy(() -> AtomicFile.prepare(key, SECRET, FileMode.OWNER_ONLY))
        .hasMessage("its file system keeps no permissions");
    assertThat(card).isEmptyDirectory();
    AtomicFile.replaceKeeping(card.resolve("cert.pem"), SECRET, FileMode.WORLD_READABLE);

    assertThat(names(card)).containsExactly("cert.pem");
  }
}
