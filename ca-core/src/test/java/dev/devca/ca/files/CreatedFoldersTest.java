package dev.devca.ca.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CreatedFoldersTest {
  private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    home =
        Files.createDirectory(
            Jimfs.newFileSystem(
                    Configuration.unix().toBuilder()
                        .setAttributeViews("basic", "owner", "posix", "unix")
                        .build())
                .getPath("/home"));
  }

  @Test
  void makeFor_missingFolders_areMadeAndNamedOutermostFirst() throws Exception {
    List<Path> made = CreatedFolders.makeFor(home.resolve("a/b/file"));

    assertThat(made).containsExactly(home.resolve("a"), home.resolve("a/b"));
    assertThat(mode(home.resolve("a/b"))).isEqualTo("rwxr-xr-x");
    assertThat(CreatedFolders.makeFor(home.resolve("a/b/file"))).isEmpty();
  }

  @Test
  void makeFor_fileInTheWay_leavesNothingBehind() throws Exception {
    Path file = Files.writeString(home.resolve("file"), "mine");

    assertThatThrownBy(() -> CreatedFolders.makeFor(file.resolve("b/c"), FileMode.WORLD_READABLE))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(file).hasContent("mine");
  }

  @Test
  void removeOwn_foldersThatWereMade_goAgain() throws Exception {
    Path own = home.resolve("a\nb/c %0A d/own");

    CreatedFolders.makeOwn(own);
    assertThat(mode(own)).isEqualTo("rwx------");
    assertThat(mode(own.getParent())).isEqualTo("rwx------");
    CreatedFolders.makeOwn(own);
    CreatedFolders.removeOwn(own);
    CreatedFolders.removeOwn(own);

    assertThat(home).isEmptyDirectory();
  }

  @Test
  void makeOwn_withAMode_givesItToAllThatItMakes() throws Exception {
    Path own = home.resolve("a/own");

    CreatedFolders.makeOwn(own, FileMode.WORLD_READABLE);

    assertThat(mode(own)).isEqualTo("rwxr-xr-x");
    assertThat(mode(home.resolve("a"))).isEqualTo("rwxr-xr-x");
  }

  @Test
  void removeOwn_folderThatWasThere_stays() throws Exception {
    Path own = Files.createDirectories(home.resolve("a/own"));

    CreatedFolders.makeOwn(own);
    CreatedFolders.removeOwn(own);

    assertThat(own).isEmptyDirectory();
  }

  @Test
  void removeOwn_somethingElseIsInIt_staysUntilThatIsGone() throws Exception {
    Path own = home.resolve("a/own");
    CreatedFolders.makeOwn(own);
    Path file = Files.writeString(own.resolve("file"), "mine");

    assertThat(CreatedFolders.count(own)).isEqualTo(1);
    CreatedFolders.removeOwn(own);
    assertThat(file).hasContent("mine");

    Files.delete(file);
    CreatedFolders.removeOwn(own);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void makeOwn_twoMadeAPartEach_bothPartsAreRemembered() throws Exception {
    Path own = home.resolve("a/b/own");
    Files.createDirectories(own);
    // As another process leaves it that made all but the folder between.
    Files.writeString(own.resolve(".made"), home.resolve("a") + "\0" + own + "\0");
    Files.writeString(own.resolve(".made"), home.resolve("a/b") + "\0", StandardOpenOption.APPEND);

    CreatedFolders.removeOwn(own);

    assertThat(home).isEmptyDirectory();
  }

  @Test
  void removeOwn_folderThatWasMoved_leavesOtherPlacesAlone() throws Exception {
    Path own = home.resolve("a/own");
    CreatedFolders.makeOwn(own);
    Path moved = Files.move(own, home.resolve("moved"));

    CreatedFolders.removeOwn(moved);

    assertThat(moved).isDirectory();
    assertThat(home.resolve("a")).isEmptyDirectory();
  }

  @Test
  void removeOwn_processesKilledBetweenTheirSteps_leaveNothing() throws Exception {
    Path own = home.resolve("a/b/own");
    CreatedFolders.makeOwn(own);
    // Where the list lies as long as the folders are being made, or taken away.
    Path above =
        home.resolve(
            ".devca-" + Sha256.hex(own.toString().getBytes(UTF_8)).substring(0, 8) + ".made");
    Files.move(own.resolve(".made"), above);
    Files.delete(own);

    CreatedFolders.removeOwn(own);
    assertThat(home).isEmptyDirectory();

    CreatedFolders.makeOwn(own);
    Files.move(own.resolve(".made"), above);
    Files.delete(own);
    CreatedFolders.makeOwn(own);
    assertThat(above).doesNotExist();
    assertThat(own.resolve(".made")).exists();

    Files.move(own.resolve(".made"), above);
    CreatedFolders.makeOwn(own);
    CreatedFolders.removeOwn(own);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void removeOwn_temporaryFileOfALockedFolder_goes() throws Exception {
    Path own = home.resolve("a/own");
    CreatedFolders.makeOwn(own);
    Files.writeString(own.resolve(".devca-000000010123abcd.tmp"), "half");

    CreatedFolders.sweepLocked(own);
    CreatedFolders.removeOwn(own);

    assertThat(home).isEmptyDirectory();
  }

  @Test
  void removeEmpty_fileOrLinkWhereAFolderWas_isNotDeleted() throws Exception {
    Path file = Files.writeString(home.resolve("file"), "theirs");
    Path empty = Files.createDirectory(home.resolve("empty"));
    Path link = Files.createSymbolicLink(home.resolve("link"), empty);

    CreatedFolders.removeEmpty(List.of(file, link));

    assertThat(file).hasContent("theirs");
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(empty).isEmptyDirectory();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
