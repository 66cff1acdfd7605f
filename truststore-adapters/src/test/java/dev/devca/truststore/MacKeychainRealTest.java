package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.LeafRequest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The login keychain of whoever has a Mac and runs {@code mvn -Pmac test}: macOS asks for the
 * password when the root comes and when it goes. Left out of every other run.
 */
@Tag("mac")
@EnabledOnOs(value = OS.MAC, disabledReason = "it changes the keychain of a Mac")
class MacKeychainRealTest {
  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());

  @TempDir Path folder;

  @Test
  void install_realKeychain_isTrustedBySecurityAndGoneAgain() throws IOException {
    Host host = Host.current(Elevation.none());
    TrustStore store = new MacProvider().discover(host).get(0);
    Path chain = folder.resolve("chain.pem");
    ca.issue(LeafRequest.forNames("localhost")).writePem(chain, folder.resolve("key.pem"));
    assertThat(store.status(ca.rootCertificate())).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(verify(host, chain)).isNotZero();

    TrustResult installed = store.install(ca.rootCertificate());
    int trusted = verify(host, chain);
    TrustResult uninstalled = store.uninstall(ca.rootCertificate());

    assertThat(installed).isEqualTo(new TrustResult.Trusted(true));
    assertThat(trusted).isZero();
    assertThat(uninstalled).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(verify(host, chain)).isNotZero();
  }

  private static int verify(Host host, Path chain) throws IOException {
    return host.commands()
        .run(
            CommandRunner.Command.of(
                Keychain.PROGRAM,
                "verify-cert",
                "-c",
                chain.toString(),
                "-p",
                "ssl",
                "-s",
                "localhost"))
        .exitCode();
  }
}
