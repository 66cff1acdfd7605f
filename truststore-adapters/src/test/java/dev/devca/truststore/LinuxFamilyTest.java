package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which family a machine belongs to: by folder and program together, and by its name. */
class LinuxFamilyTest {
  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);

  private void release(String text) {
    machine.file("/etc/os-release", text.replace(';', '\n'));
  }

  private static LinuxFamily named(String id) {
    return LinuxFamily.ALL.stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
  }

  private void whole(LinuxFamily family) {
    machine.directory(family.anchors().folder());
    machine.file("/usr/bin/" + family.anchors().update(), "#!");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ID=debian                                      | debian
          ID=ubuntu;ID_LIKE=debian                       | debian
          NAME="Linux Mint";ID=linuxmint;ID_LIKE="ubuntu debian" | debian
          ID=alpine                                      | alpine
          ID='gentoo'                                    | gentoo
          ID="void"                                      | void
          ID=fedora;VARIANT_ID=silverblue                | redhat
          ID="rocky";ID_LIKE="rhel centos fedora"        | redhat
          ID="amzn";ID_LIKE="fedora"                     | redhat
          ID=arch;BUILD_ID=rolling                       | arch
          ID=manjaro;ID_LIKE=arch                        | arch
          ID="opensuse-tumbleweed";ID_LIKE="opensuse suse" | suse
          ID="sles";ID_LIKE="suse"                       | suse
          """)
  void of_nameAndStrayFoldersOfOthers_isThatOfTheName(String release, String family) {
    release(release);
    LinuxFamily.ALL.forEach(other -> machine.directory(other.anchors().folder()));
    whole(named(family));

    assertThat(LinuxFamily.of(machine.host())).contains(named(family));
  }

  @ParameterizedTest
  @ValueSource(strings = {"debian", "redhat", "arch", "suse"})
  void of_unknownName_isByFolderAndProgram(String family) {
    release("ID=homemade;");
    whole(named(family));

    assertThat(LinuxFamily.of(machine.host())).contains(named(family));
  }

  @Test
  void of_strayFolderAlone_isNone() {
    LinuxFamily.ALL.forEach(other -> machine.directory(other.anchors().folder()));

    assertThat(LinuxFamily.of(machine.host())).isEmpty();
  }

  @Test
  void of_strayProgramAlone_isNone() {
    machine.file("/usr/bin/update-ca-trust", "#!");
    machine.file("/usr/sbin/update-ca-certificates", "#!");

    assertThat(LinuxFamily.of(machine.host())).isEmpty();
  }

  @Test
  void of_otherSystem_isNone() {
    assertThat(LinuxFamily.of(new FakeHost(OperatingSystem.MAC).host())).isEmpty();
    assertThat(LinuxFamily.of(new FakeHost(OperatingSystem.WINDOWS).host())).isEmpty();
  }

  @Test
  void osRelease_elsewhere_isRead() {
    machine.file("/usr/lib/os-release", "ID=arch\n");

    assertThat(OsRelease.of(machine.host()).names()).containsExactly("arch");
  }

  @Test
  void discover_withoutCaCertificates_saysWhatBringsIt() {
    release("ID=fedora;");

    assertThat(new LinuxSystemProvider().discover(machine.host()))
        .singleElement()
        .satisfies(
            store ->
                assertThat(store.install(TestRoots.create()))
                    .isEqualTo(
                        new TrustResult.Absent(
                            "ca-certificates is not installed",
                            "sudo dnf install ca-certificates")));
  }

  @Test
  void discover_unknownLinux_findsNothing() {
    assertThat(new LinuxSystemProvider().discover(machine.host())).isEmpty();
    assertThat(new LinuxSystemProvider().discover(new FakeHost(OperatingSystem.MAC).host()))
        .isEmpty();
  }
}
