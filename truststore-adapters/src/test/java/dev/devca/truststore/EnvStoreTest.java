package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.CaException;
import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What devca env and devca exec set: a bundle of our own where the system's would not do. */
class EnvStoreTest extends TrustStoreContract {
  private static final String SYSTEM = "/etc/ssl/certs/ca-certificates.crt";

  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final X509Certificate publicRoot = TestRoots.create();
  private final X509Certificate corporate = TestRoots.create();
  private final Path bundle = VariableClient.OTHERS.file(machine.host()).orElseThrow();

  EnvStoreTest() {
    systemTrusts(publicRoot);
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  TrustStore store() {
    return new BundleProvider().discover(machine.host()).get(1);
  }

  private void systemTrusts(X509Certificate... roots) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : roots) {
      text.append(Pem.encode(certificate));
    }
    machine.file(SYSTEM, text.toString());
  }

  private List<X509Certificate> certificates() throws IOException {
    return Pem.certificates(Files.readString(bundle));
  }

  private void install() {
    assertThat(TrustStores.on(machine.host()).only("env").install(root))
        .extracting(outcome -> outcome.result().kind())
        .containsExactly(TrustResult.Kind.TRUSTED);
  }

  @Test
  void install_systemHasTheRoot_leavesItToTheSystem() throws Exception {
    InstalledRoots.in(machine.host().stateDirectory().orElseThrow()).add(root, 1000);
    systemTrusts(publicRoot, root);

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.ABSENT);
    assertThat(store().status(root).kind()).isEqualTo(TrustResult.Kind.ABSENT);

    assertThat(bundle).doesNotExist();
    assertThat(ClientEnvironment.refreshed(machine.host(), root))
        .containsOnlyKeys(
            "SSL_CERT_FILE",
            "CURL_CA_BUNDLE",
            "GIT_SSL_CAINFO",
            "DENO_CERT",
            "AWS_CA_BUNDLE",
            "CARGO_HTTP_CAINFO",
            "REQUESTS_CA_BUNDLE",
            "PIP_CERT")
        .containsValue(SYSTEM)
        .doesNotContainValue(bundle.toString());
    assertThat(bundle).doesNotExist();
  }

  @Test
  void refreshed_rootInNoStore_setsNothing() throws Exception {
    systemTrusts(publicRoot, root);
    var before = machine.snapshot();

    assertThat(ClientEnvironment.refreshed(machine.host(), root)).isEmpty();
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void refreshed_anotherRootIsInstalled_setsNothing() throws Exception {
    install();

    assertThat(ClientEnvironment.refreshed(machine.host(), corporate)).isEmpty();
    // In the file that takes the place of the system's.
    assertThat(ClientEnvironment.refreshed(machine.host(), publicRoot)).isNotEmpty();
  }

  @Test
  void refreshed_rootNotInTheSystem_namesABundleOfAll() throws Exception {
    install();

    assertThat(ClientEnvironment.refreshed(machine.host(), root))
        .containsEntry("SSL_CERT_FILE", bundle.toString())
        .containsEntry("REQUESTS_CA_BUNDLE", bundle.toString());
    assertThat(certificates()).containsExactlyInAnyOrder(publicRoot, root);
  }

  @Test
  void refreshed_systemsBundleIsNewer_makesOursAnewAndThenNoMore() throws Exception {
    install();
    X509Certificate another = TestRoots.create();
    systemTrusts(another);

    assertThat(ClientEnvironment.refreshed(machine.host(), root))
        .containsEntry("SSL_CERT_FILE", bundle.toString());

    assertThat(certificates()).containsExactlyInAnyOrder(another, root);
    var after = machine.snapshot();
    assertThat(ClientEnvironment.refreshed(machine.host(), root)).isNotEmpty();
    assertThat(machine.snapshot()).isEqualTo(after);
  }

  @Test
  void refreshed_usersOwnFile_isMergedEvenWhereTheSystemHasTheRoot() throws Exception {
    InstalledRoots.in(machine.host().stateDirectory().orElseThrow()).add(root, 1000);
    systemTrusts(publicRoot, root);
    Path own = machine.file("/corp/aws.pem", Pem.encode(corporate));
    machine.environment.put("AWS_CA_BUNDLE", own.toString());
    List<String> said = new ArrayList<>();

    assertThat(ClientEnvironment.refreshed(machine.host().withNotices(said::add), root))
        .containsEntry("AWS_CA_BUNDLE", bundle.toString());
    assertThat(said)
        .containsExactly(
            "From now on " + bundle + " holds what " + own + " does, which AWS_CA_BUNDLE names.");
    assertThat(certificates()).containsExactlyInAnyOrder(corporate, publicRoot, root);

    // As in the shell that has evaluated that.
    machine.environment.put("AWS_CA_BUNDLE", bundle.toString());
    var after = machine.snapshot();
    ClientEnvironment.refreshed(machine.host(), root);
    assertThat(machine.snapshot()).isEqualTo(after);

    assertThat(store().uninstall(root).kind()).isEqualTo(TrustResult.Kind.NOT_TRUSTED);
    assertThat(bundle).doesNotExist();
  }

  @Test
  void refreshed_folderOfHashedFiles_isRefusedWithWhatToDo() {
    install();
    machine.environment.put("SSL_CERT_FILE", machine.directory("/corp/certs").toString());

    assertThatThrownBy(() -> ClientEnvironment.refreshed(machine.host(), root))
        .isInstanceOf(CaException.class)
        .hasMessageContaining("SSL_CERT_FILE names the folder /corp/certs");
  }

  @Test
  void install_noSystemBundle_isNotThere() throws Exception {
    Files.delete(machine.files.getPath(SYSTEM));

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.ABSENT);
    assertThat(ClientEnvironment.refreshed(machine.host(), root)).isEmpty();
  }
}
