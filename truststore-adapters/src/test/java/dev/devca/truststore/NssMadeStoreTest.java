package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.files.CreatedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database that is made for a Chromium that never ran. */
class NssMadeStoreTest extends TrustStoreContract {
  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final FakeCertutil certutil = FakeCertutil.on(machine);
  private final Path folder = machine.home().resolve(".local/share/pki/nssdb");

  @BeforeEach
  void installChromium() {
    machine.file("/usr/bin/chromium", "ELF");
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  TrustStore store() {
    return new NssProvider().discover(machine.host()).get(0);
  }

  @Test
  void install_makesPrivateFolders() throws IOException {
    store().install(root);

    assertThat(certutil.rows(folder)).hasSize(1);
    for (Path path = folder; !path.equals(machine.home()); path = path.getParent()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .as(path.toString())
          .isEqualTo("rwx------");
    }
    assertThat(machine.home().resolve(".pki")).doesNotExist();
  }

  @Test
  void uninstall_throughTheMainDoor_leavesTheHomeAsItWas() {
    Map<String, String> before = machine.snapshot();

    assertThat(TrustStores.on(machine.host()).install(root))
        .extracting(outcome -> outcome.result().kind())
        .contains(TrustResult.Kind.TRUSTED);
    assertThat(TrustStores.on(machine.host()).uninstall(root))
        .extracting(Outcome::result)
        .contains(new TrustResult.NotTrusted(true));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_processBeforeWasKilledAsItMadeFolders_removesThoseToo() throws IOException {
    Map<String, String> before = machine.snapshot();
    List<Path> missing = CreatedFolders.missingFor(folder.resolve("cert9.db"));
    CreatedFolders.makeOwn(machine.host().stateDirectory().orElseThrow());
    NssNotes.of(machine.host()).write(folder, NssNotes.Note.ofMade(missing));
    Files.createDirectories(folder.getParent());

    TrustStores.on(machine.host()).install(root);
    TrustStores.on(machine.host()).uninstall(root);

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_folderWasThereAndEmpty_staysEmpty() {
    machine.directory(folder.toString());
    Map<String, String> before = machine.snapshot();

    store().install(root);
    store().uninstall(root);

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_certificateOfTheUser_staysWithItsDatabase() throws IOException {
    store().install(root);
    certutil.add(folder, "theirs", ",,", other);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(certutil.rows(folder)).hasSize(1);
    assertNothingIsRemembered();
  }

  @Test
  void uninstall_keyOrModuleOfTheUser_staysWithItsDatabase() throws IOException {
    store().install(root);
    certutil.addKey(folder);
    store().uninstall(root);
    assertThat(folder.resolve("key4.db")).exists();

    certutil.database(folder.toString());
    Files.delete(folder.resolve("cert9.db"));
    store().install(root);
    Path modules = folder.resolve("pkcs11.txt");
    Files.writeString(
        modules, Files.readString(modules) + "\nlibrary=/usr/lib/opensc-pkcs11.so\nname=OpenSC\n");
    store().uninstall(root);
    assertThat(modules).exists();
    assertThat(certutil.rows(folder)).isEmpty();
    assertNothingIsRemembered();
  }

  @Test
  void uninstall_primaryPasswordOfTheUser_staysWithItsDatabase() {
    store().install(root);
    certutil.setPassword(folder);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(certutil.rows(folder)).isEmpty();
  }

  @Test
  void uninstall_userTookTheRootOut_removesTheDatabaseAllTheSame() throws IOException {
    Map<String, String> before = machine.snapshot();
    store().install(root);
    certutil.database(folder.toString());

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_userDeletedTheDatabase_forgetsIt() throws IOException {
    Map<String, String> before = machine.snapshot();
    store().install(root);
    for (String name : List.of("cert9.db", "key4.db", "pkcs11.txt")) {
      Files.delete(folder.resolve(name));
    }
    Files.delete(folder);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_certutilCannotMakeOrAdd_leavesNothing() {
    for (String step : List.of("-N", "-A")) {
      Map<String, String> before = machine.snapshot();
      certutil.failing.put(step, "certutil: function failed: SEC_ERROR_IO: it failed");

      assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.FAILED);

      assertThat(machine.snapshot()).isEqualTo(before);
      certutil.failing.clear();
    }
  }

  @Test
  void install_foldersCannotBeMade_leavesNothing() {
    machine.file(machine.home() + "/.local/share", "in the way");
    Map<String, String> before = machine.snapshot();

    assertThat(store().install(root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed -> assertThat(failed.reason()).startsWith("cannot change " + folder + ": "));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  private void assertNothingIsRemembered() {
    assertThat(machine.host().stateDirectory().orElseThrow().resolve("nss")).doesNotExist();
  }
}
