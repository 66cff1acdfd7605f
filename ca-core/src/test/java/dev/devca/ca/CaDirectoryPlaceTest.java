package dev.devca.ca;

import static dev.devca.ca.Disk.assertRefused;
import static dev.devca.ca.Disk.setMode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A place where no CA folder can be. */
class CaDirectoryPlaceTest {

  @Test
  void openOrCreate_noPermissionsOnTheDisk_isRefused() throws Exception {
    Path home = Jimfs.newFileSystem(Configuration.unix()).getPath("/work");

    CaException refusal =
        assertRefused(home, () -> CertificateAuthority.openOrCreate(home.resolve("a/devca")));

    assertThat(refusal).hasMessageContaining("its file system keeps no permissions");
  }

  @Test
  void openOrCreate_fileInThePlaceOfTheFolder_isRefused() throws Exception {
    Path folder = Disk.caFolder();
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "a file");

    CaException refusal =
        assertRefused(folder.getRoot(), () -> CertificateAuthority.openOrCreate(folder));

    assertThat(refusal).hasMessage("cannot open the CA folder " + folder + ": it is a file");
    assertThat(refusal.remedy()).contains("DEVCA_HOME");
  }

  @Test
  void openOrCreate_fileInThePlaceOfAFolderAbove_isRefused(@TempDir Path temp) throws Exception {
    for (Path home : new Path[] {temp, Disk.caFolder().getParent().getParent()}) {
      Path folder = Files.writeString(home.resolve("data"), "a file").resolve("devca");

      CaException refusal = assertRefused(home, () -> CertificateAuthority.openOrCreate(folder));

      assertThat(refusal).hasMessageStartingWith("cannot create the CA folder " + folder + ": ");
      assertThat(refusal.remedy()).contains("DEVCA_HOME");
    }
  }

  @Test
  void openOrCreate_linkToNothing_isRefused() throws Exception {
    Path folder = Disk.caFolder();
    Files.createDirectories(folder.getParent());
    Files.createSymbolicLink(folder, folder.resolveSibling("gone"));

    CaException refusal =
        assertRefused(folder.getRoot(), () -> CertificateAuthority.openOrCreate(folder));

    assertThat(refusal)
        .hasMessage("cannot create the CA folder " + folder + ": " + folder + " is in the way");
  }

  @ParameterizedTest
  @CsvSource({"rootCA.pem", "rootCA-key.pem"})
  void openOrCreate_fileThatIsALinkToNothing_isRefused(String name) throws Exception {
    Path folder = Files.createDirectories(Disk.caFolder());
    setMode(folder, "rwx------");
    Files.createSymbolicLink(folder.resolve(name), folder.resolve("stick/" + name));

    CaException refusal = assertRefused(folder, () -> CertificateAuthority.openOrCreate(folder));

    assertThat(refusal)
        .hasMessageContainingAll("cannot create the CA in " + folder, name + " is in the way");
  }

  @Test
  void find_folderThatIsNotOurs_isRefusedBeforeItIsRead() throws Exception {
    Path folder = Disk.caFolder();
    CertificateAuthority.openOrCreate(folder);
    CaOwner somebodyElse =
        path -> {
          throw new CaException("cannot use " + path + ": it belongs to zoe", "run devca as zoe");
        };
    Files.writeString(folder.resolve("rootCA.pem"), "corrupt");

    assertThatThrownBy(() -> new CaDirectory(folder, somebodyElse).open())
        .hasMessage("cannot use " + folder + ": it belongs to zoe");
  }
}
