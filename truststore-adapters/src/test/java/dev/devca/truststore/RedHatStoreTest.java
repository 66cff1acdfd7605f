package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedHatStoreTest extends AnchorStoreContract {
  RedHatStoreTest() {
    super(LinuxFamily.REDHAT, "/usr/bin/update-ca-trust");
  }

  @Test
  void install_anchor_isWhereTheAdministratorsAre() {
    store().install(root);

    assertThat(machine.files.getPath("/etc/pki/ca-trust/source/anchors", name() + ".pem"))
        .hasContent(Pem.encode(root));
    assertThat(machine.commands).containsExactly(List.of("/usr/bin/update-ca-trust"));
  }

  @Test
  void install_rootOnTheBlocklist_isAFailureAndTakenBack() {
    machine.program("/usr/bin/update-ca-trust", command -> FakeHost.exits(0, ""));
    var before = machine.snapshot();

    assertThat(store().install(root))
        .isEqualTo(
            new TrustResult.Failed(
                "/usr/bin/update-ca-trust ran, but "
                    + "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem lacks the root",
                "sudo dnf reinstall ca-certificates"));

    assertThat(machine.snapshot()).isEqualTo(before);
  }
}
