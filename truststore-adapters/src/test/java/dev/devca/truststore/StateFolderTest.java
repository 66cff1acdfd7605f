package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.CaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who else may have written what root is about to put back. */
class StateFolderTest {
  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final Host root = machine.host().withUserId(0);
  private final Path folder = machine.files.getPath("/var/lib/devca");

  @Test
  void check_rootsOwnFolder_isFine() {
    machine.directory("/var/lib/devca/journal");

    assertThatCode(() -> StateFolder.check(root, folder)).doesNotThrowAnyException();
  }

  @Test
  void check_fileInItsPlace_isRefused() {
    machine.file("/var/lib/devca", "mine");

    assertRefused("cannot use /var/lib/devca: it is no folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/var/lib/devca", "/var/lib/devca/journal"})
  void check_folderOfAnotherUser_isRefused(String path) throws IOException {
    machine.directory("/var/lib/devca/journal");
    Files.setOwner(
        machine.files.getPath(path),
        machine.files.getUserPrincipalLookupService().lookupPrincipalByName("eve"));

    assertRefused("cannot use /var/lib/devca: " + path + " belongs to eve, not to root");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx"})
  void check_folderThatOthersMayChange_isRefused(String mode) throws IOException {
    Path journal = machine.directory("/var/lib/devca/journal");
    Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString(mode));

    assertRefused("cannot use /var/lib/devca: others may write to /var/lib/devca/journal");
  }

  @Test
  void check_linkToAnotherPlace_isRefused() throws IOException {
    machine.directory("/var/lib");
    Files.createSymbolicLink(folder, machine.directory("/home/eve/state"));

    assertRefused("cannot use /var/lib/devca: /var/lib/devca is a link");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> StateFolder.check(root, folder))
        .isInstanceOf(CaException.class)
        .hasMessage(message);
  }
}
