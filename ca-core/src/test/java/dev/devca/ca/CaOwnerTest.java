package dev.devca.ca;

import static dev.devca.ca.Disk.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no owners by number")
class CaOwnerTest {
  private static final int SOMEBODY = 12345;

  @TempDir private Path home;

  @Test
  void check_ownFolder_passes() throws Exception {
    CaOwner.process().check(home);

    assertThat(CertificateAuthority.openOrCreate(home.resolve("devca")).isNew()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rootCA.pem", "rootCA-key.pem"})
  void openOrCreate_somebodyElses_isRefused(String name) throws Exception {
    Path folder = home.resolve("devca");
    CertificateAuthority.openOrCreate(folder);
    Path theirs = name.isEmpty() ? folder : folder.resolve(name);
    CaException refusal;
    if (isRoot()) {
      Files.setAttribute(theirs, "unix:uid", SOMEBODY);
      refusal = assertRefused(folder, () -> CertificateAuthority.openOrCreate(folder));
    } else {
      // Nobody but root can give a file away; but much belongs to root.
      theirs = Path.of("/usr");
      refusal = assertRefused(folder, () -> CertificateAuthority.openOrCreate(Path.of("/usr")));
    }

    assertThat(refusal)
        .hasMessage("cannot use " + theirs + ": it belongs to " + Files.getOwner(theirs).getName());
    assertThat(refusal.remedy())
        .isEqualTo("run devca as that user, or set DEVCA_HOME to a folder of your own");
  }

  @Test
  void openOrCreate_emptyFolderOfSomebodyElse_isRefused() throws Exception {
    Path folder = isRoot() ? Files.createDirectory(home.resolve("devca")) : Path.of("/usr");
    if (isRoot()) {
      Files.setAttribute(folder, "unix:uid", SOMEBODY);
    }

    CaException refusal = assertRefused(home, () -> CertificateAuthority.openOrCreate(folder));

    assertThat(refusal).hasMessageStartingWith("cannot use " + folder + ": it belongs to ");
  }

  /** As Windows says it: DOMAIN\\name, and a group for what an elevated process made. */
  @ParameterizedTest
  @CsvSource({
    "false, , true",
    "false, HOST\\mallory, false",
    "true, BUILTIN\\Administrators, true"
  })
  void check_owner_isThisProcessOrItsAdministrators(boolean isGroup, String name, boolean passes)
      throws Exception {
    Path folder = Files.createDirectory(Disk.windows().getPath("C:\\ca"));
    UserPrincipalLookupService lookup = folder.getFileSystem().getUserPrincipalLookupService();
    String owner = name == null ? ProcessHandle.current().info().user().orElseThrow() : name;
    Files.setOwner(
        folder,
        isGroup ? lookup.lookupPrincipalByGroupName(owner) : lookup.lookupPrincipalByName(owner));

    if (passes) {
      CaOwner.process().check(folder);
    } else {
      assertThatThrownBy(() -> CaOwner.process().check(folder))
          .hasMessage("cannot use " + folder + ": it belongs to " + owner);
    }
  }

  private boolean isRoot() throws IOException {
    return Files.getAttribute(home, "unix:uid").equals(0);
  }
}
