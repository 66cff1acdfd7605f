package dev.devca.ca;

import static dev.devca.ca.CertificateAssertions.assertIsServerLeaf;
import static dev.devca.ca.Disk.assertRefused;
import static dev.devca.ca.Disk.mode;
import static dev.devca.ca.Disk.names;
import static dev.devca.ca.Disk.setMode;
import static dev.devca.ca.Disk.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.Disk.Form;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CaDirectoryTest {

  @ParameterizedTest
  @EnumSource(Form.class)
  void openOrCreate_noFolder_makesKeyAndCertificate(Form form) throws Exception {
    Path folder = form.caFolder(form.newDisk());

    CertificateAuthority ca = CertificateAuthority.openOrCreate(folder);

    assertThat(ca.isNew()).isTrue();
    assertThat(ca.notes()).isEmpty();
    assertThat(ca.directory()).contains(folder);
    assertThat(ca.rootFile()).contains(folder.resolve("rootCA.pem"));
    assertThat(names(folder)).containsExactly(".lock", ".made", "rootCA-key.pem", "rootCA.pem");
    assertThat(folder.resolve("rootCA.pem")).hasContent(Pem.encode(ca.rootCertificate()));
    SigningKey key =
        SigningKey.fromPkcs8(Pem.onePrivateKey(Files.readString(folder.resolve("rootCA-key.pem"))));
    assertThat(key.publicKey().getEncoded())
        .isEqualTo(ca.rootCertificate().getPublicKey().getEncoded());
  }

  @Test
  void openOrCreate_unix_isForItsOwnerAlone() throws Exception {
    Path folder = Disk.caFolder();

    CertificateAuthority.openOrCreate(folder);

    assertModes(folder);
    // The XDG base directory specification wants its folders made with 0700.
    assertThat(mode(folder.getParent())).isEqualTo("rwx------");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it compares the rights of POSIX")
  void openOrCreate_realDisk_isForItsOwnerAlone(@TempDir Path home) throws Exception {
    Path folder = home.resolve("a home").resolve("devca");

    CertificateAuthority ca = CertificateAuthority.openOrCreate(folder);

    assertModes(folder);
    ca.delete();
    assertThat(home).isEmptyDirectory();
  }

  private static void assertModes(Path folder) throws IOException {
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("rootCA.pem"))).isEqualTo("rw-r--r--");
    assertThat(mode(folder.resolve("rootCA-key.pem"))).isEqualTo("rw-------");
    assertThat(mode(folder.resolve(".lock"))).isEqualTo("rw-------");
  }

  @Test
  void openOrCreate_windows_namesTheOwnerAlone() throws Exception {
    Path folder = Form.WINDOWS.caFolder(Disk.windows());

    CertificateAuthority.openOrCreate(folder);

    for (Path path : new Path[] {folder, folder.resolve("rootCA-key.pem")}) {
      AclFileAttributeView view = Files.getFileAttributeView(path, AclFileAttributeView.class);
      assertThat(view.getAcl()).hasSize(1);
      AclEntry entry = view.getAcl().get(0);
      assertThat(entry.type()).isEqualTo(AclEntryType.ALLOW);
      assertThat(entry.principal()).isEqualTo(Files.getOwner(path));
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void openOrCreate_secondTime_isTheSameCaAndChangesNothing(Form form) throws Exception {
    FileSystem disk = form.newDisk();
    Path folder = form.caFolder(disk);
    CertificateAuthority first = CertificateAuthority.openOrCreate(folder);
    Map<String, String> before = snapshot(folder);

    CertificateAuthority second =
        CertificateAuthority.openOrCreate(folder, CaOptions.defaults().withCommonName("other"));

    assertThat(second.isNew()).isFalse();
    assertThat(second.notes()).isEmpty();
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    assertIsServerLeaf(
        second.issue(LeafRequest.forNames("app.test")).chain().get(0),
        first.rootCertificate(),
        "dns:app.test");
    assertThat(CertificateAuthority.open(folder).fingerprint()).isEqualTo(first.fingerprint());
    assertThat(snapshot(folder)).isEqualTo(before);
  }

  @Test
  void openOrCreate_relativeFolder_isAbsoluteFromThenOn() throws Exception {
    Path folder = Disk.unix().getPath("devca");

    CertificateAuthority ca = CertificateAuthority.openOrCreate(folder);

    assertThat(ca.directory()).contains(folder.toAbsolutePath());
  }

  @Test
  void find_noCa_isEmptyAndMakesNothing() throws Exception {
    Path folder = Disk.caFolder();

    assertThat(CertificateAuthority.find(folder)).isEmpty();
    assertThat(folder).doesNotExist();

    Files.createDirectories(folder);
    assertThat(CertificateAuthority.find(folder)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void open_noCa_saysHowToGetOne() throws Exception {
    Path folder = Disk.caFolder();

    CaException refusal = assertRefused(folder.getRoot(), () -> CertificateAuthority.open(folder));

    assertThat(refusal).hasMessage("cannot open the CA in " + folder + ": there is no CA yet");
    assertThat(refusal.remedy()).isEqualTo("devca install");
  }

  @Test
  void openOrCreate_certificateAlone_canBeInstalledButNotIssue() throws Exception {
    Path folder = Disk.caFolder();
    Fingerprint fingerprint = CertificateAuthority.openOrCreate(folder).fingerprint();
    Files.delete(folder.resolve("rootCA-key.pem"));
    Map<String, String> before = snapshot(folder);

    CertificateAuthority ca = CertificateAuthority.openOrCreate(folder);

    assertThat(ca.isNew()).isFalse();
    assertThat(ca.canIssue()).isFalse();
    assertThat(ca.fingerprint()).isEqualTo(fingerprint);
    CaException refusal = assertRefused(folder, () -> ca.issue(LeafRequest.forNames("app.test")));
    assertThat(refusal)
        .hasMessage(
            "cannot issue a certificate: the CA key rootCA-key.pem is missing in " + folder);
    assertThat(refusal.remedy()).contains("put the key back", "DEVCA_HOME");
    assertThat(snapshot(folder)).isEqualTo(before);
  }

  @Test
  void openOrCreate_keyAlone_isRefused() throws Exception {
    Path folder = Disk.caFolder();
    CertificateAuthority.openOrCreate(folder);
    Files.delete(folder.resolve("rootCA.pem"));

    CaException refusal = assertRefused(folder, () -> CertificateAuthority.openOrCreate(folder));

    assertThat(refusal).hasMessage("cannot open the CA in " + folder + ": rootCA.pem is missing");
    assertThat(refusal.remedy()).contains("put the certificate back", "rootCA-key.pem");
  }

  @ParameterizedTest
  @CsvSource({
    "rwxr-xr-x, rw-------",
    "rwx------, rw-r--r--",
    "rwxrwxrwx, rw-rw-rw-",
    "rwx--x---, rw-------",
    "rwx------, rw-----w-",
  })
  void open_widerThanItsOwner_isTightenedWithOneNote(String folderMode, String keyMode)
      throws Exception {
    Path folder = Disk.caFolder();
    CertificateAuthority.openOrCreate(folder);
    setMode(folder, folderMode);
    setMode(folder.resolve("rootCA-key.pem"), keyMode);

    CertificateAuthority ca = CertificateAuthority.open(folder);

    assertThat(ca.notes())
        .containsExactly("The CA in " + folder + " was open to others; now it is yours alone.");
    assertModes(folder);
    assertThat(CertificateAuthority.open(folder).notes()).isEmpty();
  }

  @Test
  void open_narrowerThanNeeded_isLeftAsItIs() throws Exception {
    Path folder = Disk.caFolder();
    CertificateAuthority.openOrCreate(folder);
    setMode(folder, "r-x------");
    setMode(folder.resolve("rootCA-key.pem"), "r--------");
    Map<String, String> before = snapshot(folder);

    assertThat(CertificateAuthority.open(folder).notes()).isEmpty();

    assertThat(snapshot(folder)).isEqualTo(before);
  }

  @Test
  void open_linkToAWideFolder_tightensWhatItLeadsTo() throws Exception {
    Path folder = Disk.caFolder();
    CertificateAuthority.openOrCreate(folder);
    Path link = Files.createSymbolicLink(folder.resolveSibling("link"), folder);
    setMode(folder, "rwxr-xr-x");

    assertThat(CertificateAuthority.open(link).notes()).hasSize(1);

    assertModes(folder);
  }

  @Test
  void openOrCreate_emptyFolderOpenToOthers_isTightened() throws Exception {
    Path folder = Files.createDirectories(Disk.caFolder());
    setMode(folder, "rwxr-xr-x");

    assertThat(CertificateAuthority.openOrCreate(folder).notes()).hasSize(1);

    assertModes(folder);
  }

  @Test
  void openOrCreate_folderInUseByOthers_isRefusedAndLeftAsItIs() throws Exception {
    Path folder = Files.createDirectories(Disk.caFolder());
    Files.writeString(folder.resolve("index.html"), "mine");
    setMode(folder, "rwxr-xr-x");

    assertThatThrownBy(() -> CertificateAuthority.openOrCreate(folder))
        .isInstanceOf(CaException.class)
        .hasMessageContaining("it has other files and is open to others");

    assertThat(mode(folder)).isEqualTo("rwxr-xr-x");
    assertThat(names(folder)).containsExactly("index.html");
  }

  @Test
  void openOrCreate_folderThatWasThere_staysAfterDelete() throws Exception {
    Path folder = Files.createDirectories(Disk.caFolder());
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.createDirectory(folder.resolve("backup"));
    setMode(folder, "rwx------");

    CertificateAuthority ca = CertificateAuthority.openOrCreate(folder);
    assertThat(ca.notes()).isEmpty();
    assertModes(folder);

    ca.delete();
    assertThat(names(folder)).containsExactly("backup", "notes.txt");
    assertThat(folder.resolve("notes.txt")).hasContent("mine");
    Files.delete(folder.resolve("backup"));
    Files.delete(folder.resolve("notes.txt"));
    CertificateAuthority.openOrCreate(folder).delete();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void delete_foldersThatWereMade_goAgainAndOthersStay(Form form) throws Exception {
    FileSystem disk = form.newDisk();
    Path folder = form.caFolder(disk);
    Path home = folder.getParent().getParent();
    Map<String, String> before = snapshot(home);
    CertificateAuthority ca = CertificateAuthority.openOrCreate(folder);

    ca.delete();
    ca.delete();

    assertThat(snapshot(home)).isEqualTo(before);
    assertThat(CertificateAuthority.find(folder)).isEmpty();
  }

  @Test
  void delete_folderAboveInUseMeanwhile_stays() throws Exception {
    Path folder = Disk.caFolder();
    CertificateAuthority ca = CertificateAuthority.openOrCreate(folder);
    Path other = Files.writeString(folder.resolveSibling("other.txt"), "theirs");

    ca.delete();

    assertThat(folder).doesNotExist();
    assertThat(other).hasContent("theirs");
  }

  @Test
  void delete_linkToTheFolder_staysWithTheFolder() throws Exception {
    Path folder = Files.createDirectories(Disk.caFolder());
    Path link = Files.createSymbolicLink(folder.resolveSibling("link"), folder);

    CertificateAuthority.openOrCreate(link).delete();

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(folder).isEmptyDirectory();
  }
}
