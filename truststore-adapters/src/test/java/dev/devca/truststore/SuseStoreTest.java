package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuseStoreTest extends AnchorStoreContract {
  SuseStoreTest() {
    super(LinuxFamily.SUSE, "/usr/sbin/update-ca-certificates");
  }

  @Test
  void install_anchor_isNotAmongThePackages() {
    machine.directory("/usr/share/pki/trust/anchors");

    store().install(root);

    assertThat(machine.files.getPath("/etc/pki/trust/anchors", name() + ".pem")).exists();
    assertThat(machine.files.getPath("/usr/share/pki/trust/anchors")).isEmptyDirectory();
  }
}
