package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManualStoreTest {
  private static final String BUNDLE = "/etc/ssl/certs/ca-certificates.crt";

  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final X509Certificate root = TestRoots.create();

  @BeforeEach
  void nixos() {
    machine.file("/etc/os-release", "ID=nixos\nID_LIKE=\"\"\n");
    machine.file(BUNDLE, Pem.encode(TestRoots.create()));
  }

  private TrustStore store() {
    TrustStore store = new LinuxSystemProvider().discover(machine.host()).get(0);
    assertThat(store.id()).isEqualTo("nixos");
    return store;
  }

  @Test
  void install_nixos_changesNothingAndGivesTheLine() {
    var before = machine.snapshot();
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(store().install(root))
        .isEqualTo(
            new TrustResult.Unavailable(
                "NixOS makes it from its configuration",
                "cp \"$(devca root)\" /etc/nixos/, add the line"
                    + " security.pki.certificateFiles = [ ./rootCA.pem ];"
                    + " to /etc/nixos/configuration.nix, then: sudo nixos-rebuild switch"));

    assertThat(machine.snapshot()).isEqualTo(before);
    assertThat(machine.commands).isEmpty();
  }

  @Test
  void install_nixosThatHasTheRoot_isTrusted() {
    machine.file(BUNDLE, "devca\n" + Pem.encode(root));

    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(false));
  }

  @Test
  void uninstall_nixos_saysWhatToTakeOut() {
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(false));
    machine.file(BUNDLE, Pem.encode(root));

    assertThat(store().uninstall(root))
        .isInstanceOfSatisfying(
            TrustResult.Unavailable.class,
            result -> assertThat(result.remedy()).contains("certificateFiles", "switch"));
  }

  @Test
  void install_readOnlyFolders_givesTheCommandsForTheImage() {
    TrustStore store = ManualStore.readOnly(machine.host(), LinuxFamily.ALPINE);

    assertThat(store.install(root))
        .isInstanceOfSatisfying(
            TrustResult.Unavailable.class,
            result -> {
              assertThat(result.reason()).isEqualTo("not even root can write to its folders");
              assertThat(result.remedy())
                  .startsWith("where this system's image is made: cp \"$(devca root)\" /usr/local")
                  .endsWith(".crt && update-ca-certificates");
            });
  }
}
