package dev.devca.ca;

import static dev.devca.ca.Disk.assertRefused;
import static dev.devca.ca.Disk.names;
import static dev.devca.ca.Disk.setMode;
import static dev.devca.ca.Disk.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.devca.ca.FaultyFileSystem.Fault;
import dev.devca.ca.FaultyFileSystem.Operation;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that are full, read-only or closed, and power that goes away at any step. */
class CaDirectoryFaultTest {
  /** More steps than the making of a CA has. */
  private static final int ENOUGH = 100;

  /** The power is gone: not even what a finally block does still happens. */
  private static final class PowerLoss extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A folder on a disk, and the same folder seen through a fault. */
  private static Path through(Path folder, Fault fault) {
    return new FaultyFileSystem(folder.getFileSystem(), fault).wrap(folder);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void openOrCreate_fullDiskAtAnyStep_leavesEverythingAsItWas(boolean folderIsThere)
      throws Exception {
    List<Operation> failed = new ArrayList<>();
    for (int step = 0; step < ENOUGH; step++) {
      Path folder = folder(folderIsThere);
      Path home = folder.getParent().getParent();
      Map<String, String> before = snapshot(home);
      int failing = step;
      int[] done = {0};
      Path faulty =
          through(
              folder,
              (operation, path) -> {
                // What a full disk still can: delete, and rename back.
                if (operation.changes && operation != Operation.DELETE && done[0]++ == failing) {
                  failed.add(operation);
                  throw new FileSystemException(path.toString(), null, "No space left on device");
                }
              });

      Throwable thrown = catchThrowable(() -> CertificateAuthority.openOrCreate(faulty));

      if (thrown == null) {
        assertThat(failed)
            .contains(Operation.CREATE, Operation.WRITE, Operation.MAKE_FOLDER, Operation.MOVE);
        return;
      }
      assertThat(thrown)
          .as("step %s, %s", step, failed)
          .isInstanceOf(CaException.class)
          .hasMessageMatching("cannot [a-z]+ the CA .*" + "devca: No space left on device");
      assertThat(((CaException) thrown).remedy()).contains("DEVCA_HOME");
      assertThat(snapshot(home)).as("step %s, %s", step, failed).isEqualTo(before);
      assertThat(CertificateAuthority.openOrCreate(folder).isNew()).isTrue();
    }
    throw new AssertionError("the CA was never made");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void openOrCreate_powerLossAtAnyStep_nextCallHasAWholeCa(boolean folderIsThere) throws Exception {
    int recovered = 0;
    for (int step = 0; step < ENOUGH; step++) {
      Path folder = folder(folderIsThere);
      int last = step;
      int[] done = {0};
      Path faulty =
          through(
              folder,
              (operation, path) -> {
                if ((operation.changes && done[0]++ == last) || done[0] > last) {
                  throw new PowerLoss();
                }
              });

      Throwable thrown = catchThrowable(() -> CertificateAuthority.openOrCreate(faulty));

      if (thrown == null) {
        // Three times it was whole: before the key was moved, the certificate, and .new deleted.
        assertThat(recovered).isEqualTo(3);
        return;
      }
      assertThat(thrown).isInstanceOf(PowerLoss.class);
      boolean half =
          Files.exists(folder.resolve("rootCA-key.pem"))
              && !Files.exists(folder.resolve("rootCA.pem"));
      CertificateAuthority ca = CertificateAuthority.openOrCreate(folder);
      assertThat(ca.canIssue()).as("step %s", step).isTrue();
      assertThat(ca.notes()).isEmpty();
      if (!ca.isNew()) {
        recovered++;
      }
      assertThat(half && ca.isNew()).isFalse();
      assertThat(names(folder)).doesNotContain(".new").contains("rootCA.pem", "rootCA-key.pem");
      CertificateAuthority again = CertificateAuthority.open(folder);
      assertThat(again.fingerprint()).isEqualTo(ca.fingerprint());
      ca.delete();
    }
    throw new AssertionError("the CA was never made");
  }

  @ParameterizedTest
  @CsvSource({"rootCA.pem", "rootCA-key.pem"})
  void open_fileThatMayNotBeRead_isRefused(String name) throws Exception {
    Path folder = Disk.caFolder();
    CertificateAuthority.openOrCreate(folder);
    setMode(folder, "rwxr-xr-x");
    Path faulty =
        through(
            folder,
            (operation, path) -> {
              if (operation == Operation.READ && path.endsWith(name)) {
                throw new AccessDeniedException(path.toString());
              }
            });

    CaException refusal = assertRefused(folder, () -> CertificateAuthority.openOrCreate(faulty));

    assertThat(refusal).hasMessage("cannot read " + folder.resolve(name) + ": permission denied");
    assertThat(refusal.remedy()).contains("as the user who owns that file", "DEVCA_HOME");
  }

  private static final Fault READ_ONLY =
      (operation, path) -> {
        if (operation.changes) {
          throw new FileSystemException(path.toString(), null, "Read-only file system");
        }
      };

  @Test
  void openOrCreate_readOnlyDisk_opensButMakesNothing() throws Exception {
    Path folder = Disk.caFolder();
    CertificateAuthority.openOrCreate(folder);

    CertificateAuthority ca = CertificateAuthority.openOrCreate(through(folder, READ_ONLY));

    assertThat(ca.canIssue()).isTrue();
    assertThat(ca.notes()).isEmpty();
    ca.issue(LeafRequest.forNames("app.test"));
    Path empty = Files.createDirectory(folder.resolveSibling("empty"));
    for (String name : List.of("empty", "missing")) {
      Path faulty = through(empty.resolveSibling(name), READ_ONLY);
      CaException refusal =
          assertRefused(folder.getRoot(), () -> CertificateAuthority.openOrCreate(faulty));
      assertThat(refusal).hasMessageEndingWith(": Read-only file system");
      assertThat(refusal.remedy()).isEqualTo("set DEVCA_HOME to a folder that you can write to");
    }
  }

  @Test
  void open_wideFolderOnAReadOnlyDisk_opensAndSaysSo() throws Exception {
    Path folder = Disk.caFolder();
    CertificateAuthority.openOrCreate(folder);
    setMode(folder, "rwxr-xr-x");

    CertificateAuthority ca = CertificateAuthority.open(through(folder, READ_ONLY));

    assertThat(ca.notes())
        .containsExactly(
            "The CA in " + folder + " is open to others, and stays so: Read-only file system.");
    assertThat(ca.canIssue()).isTrue();
  }

  @Test
  void open_whileAnotherProcessCreates_neverSeesAKeyAlone() throws Exception {
    Path folder = folder(true);
    List<CertificateAuthority> made = new ArrayList<>();
    Path faulty =
        through(
            folder,
            (operation, path) -> {
              // After the certificate was found missing, and before the key is looked for.
              if (operation == Operation.READ && path.endsWith("rootCA-key.pem")) {
                if (made.isEmpty()) {
                  made.add(CertificateAuthority.openOrCreate(folder));
                }
              }
            });

    CertificateAuthority ca = CertificateAuthority.openOrCreate(faulty);

    assertThat(ca.fingerprint()).isEqualTo(made.get(0).fingerprint());
    assertThat(ca.canIssue()).isTrue();
  }

  @Test
  void open_whileAnotherProcessIsBetweenKeyAndCertificate_endsWhatItBegan() throws Exception {
    Path folder = folder(true);
    Fingerprint fingerprint = CertificateAuthority.openOrCreate(folder).fingerprint();
    Path pending = Files.createDirectory(folder.resolve(".new"));
    Files.move(folder.resolve("rootCA.pem"), pending.resolve("rootCA.pem"));

    CertificateAuthority ca = CertificateAuthority.open(folder);

    assertThat(ca.fingerprint()).isEqualTo(fingerprint);
    assertThat(names(folder)).containsExactly(".lock", "rootCA-key.pem", "rootCA.pem");
  }

  @Test
  void open_unfinishedCaBesideOneThatWasPutBack_keepsTheLatter() throws Exception {
    Path folder = folder(true);
    CertificateAuthority ca = CertificateAuthority.openOrCreate(folder);
    Path other = Disk.caFolder();
    CertificateAuthority.openOrCreate(other);
    Path pending = Files.createDirectory(folder.resolve(".new"));
    for (String name : List.of("rootCA.pem", "rootCA-key.pem")) {
      Files.write(pending.resolve(name), Files.readAllBytes(other.resolve(name)));
    }

    assertThat(CertificateAuthority.open(folder).fingerprint()).isEqualTo(ca.fingerprint());

    assertThat(names(folder)).containsExactly(".lock", "rootCA-key.pem", "rootCA.pem");
  }

  @Test
  void openOrCreate_folderTakenAwayBeforeItIsLocked_isMadeAgain() throws Exception {
    Path folder = Disk.caFolder();
    int[] locks = {0};
    Path faulty =
        through(
            folder,
            (operation, path) -> {
              if (operation == Operation.CREATE && path.endsWith(".lock") && locks[0]++ == 0) {
                Files.delete(folder.resolve(".made"));
                Files.delete(folder);
              }
            });

    assertThat(CertificateAuthority.openOrCreate(faulty).isNew()).isTrue();

    assertThat(CertificateAuthority.open(folder).canIssue()).isTrue();
  }

  @Test
  void openOrCreate_fileCalledNew_isRefused() throws Exception {
    Path folder = folder(true);
    Files.writeString(folder.resolve(".new"), "mine");

    CaException refusal = assertRefused(folder, () -> CertificateAuthority.openOrCreate(folder));

    assertThat(refusal)
        .hasMessage(
            "cannot create the CA in " + folder + ": " + folder.resolve(".new") + " is in the way");
  }

  @Test
  void delete_notPermitted_isRefused() throws Exception {
    Path folder = Disk.caFolder();
    CertificateAuthority.openOrCreate(folder);
    Path faulty =
        through(
            folder,
            (operation, path) -> {
              if (operation == Operation.DELETE) {
                throw new AccessDeniedException(path.toString());
              }
            });

    assertThatThrownBy(() -> CertificateAuthority.open(faulty).delete())
        .isInstanceOf(CaException.class)
        .hasMessage("cannot delete the CA in " + folder + ": permission denied");

    assertThat(CertificateAuthority.open(folder).canIssue()).isTrue();
  }

  private static Path folder(boolean isThere) throws IOException {
    Path folder = Disk.caFolder();
    if (isThere) {
      Files.createDirectories(folder);
      setMode(folder, "rwx------");
    }
    return folder;
  }
}
