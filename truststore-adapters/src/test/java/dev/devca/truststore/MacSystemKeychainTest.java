package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The System keychain, as root; and what the login keychain says of what lies in it. */
class MacSystemKeychainTest extends MacKeychainStoreTest {
  @Override
  Host host() {
    return super.host().withMachineStores().withUserId(0).withInvokingUser(501);
  }

  private TrustStore ofUser() {
    return new MacProvider().discover(machine.host()).get(0);
  }

  @Test
  void rights_ofEach_areRootsAndTheUsers() {
    Host sudo = machine.host().withUserId(0).withInvokingUser(501);

    assertThat(store().rights()).isEqualTo(Rights.OWN);
    assertThat(new MacProvider().discover(sudo))
        .singleElement()
        .satisfies(store -> assertThat(store.rights()).isEqualTo(Rights.INVOKING_USER));
    assertThat(ofUser().rights()).isEqualTo(Rights.OWN);
  }

  @Test
  void ofUser_trustedByTheMachine_isTrustedAndCannotBeUninstalled() {
    store().install(root);

    assertThat(ofUser().status(root)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(ofUser().install(root)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(ofUser().uninstall(root))
        .isEqualTo(
            new TrustResult.Failed(
                "it is also among the roots of all users",
                "devca uninstall --machine --only macos"));
  }

  @Test
  void ofUser_withoutLoginKeychain_isUnavailable() throws Exception {
    Files.delete(machine.home().resolve(FakeSecurity.LOGIN));

    assertThat(ofUser().status(root))
        .isInstanceOfSatisfying(
            TrustResult.Unavailable.class,
            result -> assertThat(result.remedy()).endsWith("devca install --machine --only macos"));
  }

  @Test
  void discover_otherSystems_findsNothing() {
    assertThat(new MacProvider().discover(new FakeHost(OperatingSystem.LINUX).host())).isEmpty();
    assertThat(new MacProvider().discover(new FakeHost(OperatingSystem.MAC).host())).isEmpty();
  }
}
