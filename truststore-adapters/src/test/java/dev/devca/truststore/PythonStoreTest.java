package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bundle of our own, since the system's does not have the root; and the change between both. */
class PythonStoreTest extends TrustStoreContract {
  private static final String SYSTEM = "/etc/ssl/certs/ca-certificates.crt";
  private static final String SESSION = ".config/environment.d/60-devca.conf";

  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final X509Certificate publicRoot = TestRoots.create();
  private final X509Certificate corporate = TestRoots.create();
  private final Path home = machine.home();
  private final Path bundle = VariableClient.PYTHON.file(machine.host()).orElseThrow();

  PythonStoreTest() {
    machine.file("/usr/bin/python3", "");
    machine.file("/bin/bash", "");
    machine.directory("/run/systemd/system");
    systemTrusts(publicRoot);
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  TrustStore store() {
    return new BundleProvider().discover(machine.host()).get(0);
  }

  private void systemTrusts(X509Certificate... roots) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : roots) {
      text.append(Pem.encode(certificate));
    }
    machine.file(SYSTEM, text.toString());
  }

  private String text(String name) throws IOException {
    return Files.readString(home.resolve(name));
  }

  private TrustResult.Kind status() {
    return store().status(root).kind();
  }

  private static String exports(Path file) {
    return "if [ -r '%1$s' ]; then\n  export %2$s='%1$s'\nfi\n"
            .formatted(file, "REQUESTS_CA_BUNDLE")
        + "if [ -r '%1$s' ]; then\n  export %2$s='%1$s'\nfi\n".formatted(file, "PIP_CERT");
  }

  @Test
  void install_systemWithoutTheRoot_namesABundleOfBoth() throws IOException {
    store().install(root);

    assertThat(Pem.certificates(Files.readString(bundle))).containsExactly(publicRoot, root);
    assertThat(text(".profile")).contains(exports(bundle));
    // Python fails where the file is missing, and nobody asks there whether it is.
    assertThat(home.resolve(SESSION)).doesNotExist();
    assertThat(ClientEnvironment.of(machine.host()))
        .containsEntry("REQUESTS_CA_BUNDLE", bundle.toString())
        .containsEntry("PIP_CERT", bundle.toString());
  }

  @Test
  void install_systemHasTheRoot_namesTheSystemsBundle() throws IOException {
    systemTrusts(publicRoot, root);
    Map<String, String> before = machine.snapshot();
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));

    store().install(root);

    assertThat(bundle).doesNotExist();
    assertThat(text(".profile")).contains(exports(machine.files.getPath(SYSTEM)));
    assertThat(text(SESSION))
        .contains("REQUESTS_CA_BUNDLE=\"" + SYSTEM + "\"\nPIP_CERT=\"" + SYSTEM + "\"\n");
    assertThat(status()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(ClientEnvironment.of(machine.host())).containsEntry("PIP_CERT", SYSTEM);
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_systemGetsTheRootLater_changesOverToItsBundle() throws IOException {
    Map<String, String> before = machine.snapshot();
    store().install(root);
    systemTrusts(publicRoot, root);

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);

    assertThat(bundle).doesNotExist();
    assertThat(text(".profile")).contains(SYSTEM).doesNotContain(bundle.toString());
    systemTrusts(publicRoot);
    assertThat(status()).isEqualTo(TrustResult.Kind.NOT_TRUSTED);
    store().install(root);
    assertThat(Pem.certificates(Files.readString(bundle))).containsExactly(publicRoot, root);
    assertThat(home.resolve(SESSION)).doesNotExist();
    store().uninstall(root);
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_otherRootGoesByTheSystemToo_keepsTheVariables() throws IOException {
    systemTrusts(publicRoot, root, other);
    Map<String, String> before = machine.snapshot();
    TrustStores stores = TrustStores.on(machine.host()).only("python");
    stores.install(root);
    stores.install(other);

    assertThat(store().uninstall(root).kind()).isEqualTo(TrustResult.Kind.FAILED);
    // Its store comes first.
    systemTrusts(publicRoot, other);
    assertThat(stores.uninstall(root))
        .extracting(Outcome::result)
        .containsExactly(new TrustResult.NotTrusted(false));

    assertThat(store().status(other).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    stores.uninstall(other);
    systemTrusts(publicRoot, root, other);
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_besideAStoreOfTheMachine_goesByWhatThatHasDone() throws IOException {
    Elevation elevation =
        (rights, operation, stores, certificate) -> {
          systemTrusts(publicRoot, certificate);
          return List.of(new Outcome("system", "System", new TrustResult.Trusted(true)));
        };
    Host host = machine.host().withElevation(elevation);

    List<Outcome> outcomes =
        new StoreRun(host, Operation.INSTALL, root).on(List.of(store(), new SystemStore()));

    assertThat(outcomes).extracting(Outcome::storeId).containsExactly("python", "system");
    assertThat(text(".profile")).contains(exports(machine.files.getPath(SYSTEM)));
    assertThat(bundle).doesNotExist();
  }

  /** One that another process changes. */
  private record SystemStore() implements TrustStore {
    @Override
    public String id() {
      return "system";
    }

    @Override
    public String displayName() {
      return "System";
    }

    @Override
    public Rights rights() {
      return Rights.ROOT;
    }

    @Override
    public TrustResult status(X509Certificate root) {
      return new TrustResult.NotTrusted(false);
    }

    @Override
    public TrustResult install(X509Certificate root) {
      throw new AssertionError();
    }

    @Override
    public TrustResult uninstall(X509Certificate root) {
      throw new AssertionError();
    }
  }

  @Test
  void status_systemHasChanged_saysSo() throws IOException {
    store().install(root);
    systemTrusts(publicRoot, corporate);

    assertThat(store().status(root))
        .isEqualTo(new TrustResult.Trusted(false, SYSTEM + " has changed: run devca install"));
    store().install(root);

    assertThat(store().status(root)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(Pem.certificates(Files.readString(bundle)))
        .containsExactly(publicRoot, corporate, root);
  }

  @Test
  void status_bundleDamaged_isNotTrustedUntilTheNextInstall() throws IOException {
    store().install(root);
    Files.writeString(bundle, Files.readString(bundle).replaceFirst("MII", "M!I"));
    assertThat(status()).isEqualTo(TrustResult.Kind.NOT_TRUSTED);

    store().install(root);

    assertThat(Pem.certificates(Files.readString(bundle))).containsExactly(publicRoot, root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REQUESTS_CA_BUNDLE", "PIP_CERT", "CURL_CA_BUNDLE"})
  void install_usersVariable_isMergedAndGivenBack(String variable) throws IOException {
    systemTrusts(publicRoot, root);
    machine.file("/etc/corp.pem", Pem.encode(corporate));
    machine.environment.put(variable, "/etc/corp.pem");

    store().install(root);

    assertThat(Pem.certificates(Files.readString(bundle)))
        .containsExactly(corporate, publicRoot, root);
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/pip.conf, /etc/corp.pem",
    "~/.pip/pip.conf, ~/corp.pem",
    "~/.config/pip/pip.conf, /etc/corp.pem"
  })
  void install_pipsSettingsNameAFile_isMerged(String settings, String file) throws IOException {
    machine.file(file.replace("~", home.toString()), Pem.encode(corporate));
    machine.file(
        settings.replace("~", home.toString()), "[global]\ntimeout = 1\ncert = " + file + "\n");

    store().install(root);

    assertThat(Pem.certificates(Files.readString(bundle)))
        .containsExactly(corporate, publicRoot, root);
  }

  @Test
  void install_variableNamesTheSystemsFiles_isNoWishOfTheUsersOwn() throws IOException {
    systemTrusts(publicRoot, root);
    machine.environment.put("REQUESTS_CA_BUNDLE", SYSTEM);
    machine.environment.put("PIP_CERT", "/etc/ssl/certs");

    store().install(root);

    assertThat(bundle).doesNotExist();
  }

  @Test
  void install_variableNamesAFolder_failsAndChangesNothing() {
    machine.environment.put("REQUESTS_CA_BUNDLE", machine.directory("/etc/corp").toString());
    Map<String, String> before = machine.snapshot();

    assertThat(store().install(root))
        .isEqualTo(
            new TrustResult.Failed(
                "REQUESTS_CA_BUNDLE names the folder /etc/corp, which cannot be merged into a file",
                "let it name a PEM file with those certificates, then run devca install again"));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_systemHasNoBundle_isUnavailable() throws IOException {
    Files.delete(machine.files.getPath(SYSTEM));
    machine.file("/etc/os-release", "ID=debian\n");
    Map<String, String> before = machine.snapshot();

    assertThat(store().install(root))
        .isEqualTo(
            new TrustResult.Unavailable(
                "the system has no bundle of public roots, and the CA's alone would replace them",
                "sudo apt-get install ca-certificates"));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_onFedora_goesByItsBundle() throws IOException {
    Files.delete(machine.files.getPath(SYSTEM));
    machine.file("/etc/os-release", "ID=fedora\n");
    String fedora = "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem";
    machine.file(
        fedora, "# Corporate\n" + Pem.encode(corporate) + "\n# devca\n" + Pem.encode(root));

    store().install(root);

    assertThat(bundle).doesNotExist();
    assertThat(text(".profile")).contains(exports(machine.files.getPath(fedora)));
  }

  @Test
  void everyOperation_noPython_isAbsent() throws IOException {
    Files.delete(machine.files.getPath("/usr/bin/python3"));
    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store(), root))
          .isEqualTo(new TrustResult.Absent("no python3 or pip was found"));
    }

    machine.directory(home + "/.pyenv/versions");
    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
  }

  @Test
  void install_besideNode_sharesTheBlockAndLeavesItsLines() throws IOException {
    machine.file("/usr/bin/node", "");
    machine.file(home + "/.bashrc", "umask 022");
    Map<String, String> before = machine.snapshot();
    TrustStore node = new NodeProvider().discover(machine.host()).get(0);
    node.install(root);
    Map<String, String> withNode = machine.snapshot();

    store().install(root);

    assertThat(text(".bashrc")).containsOnlyOnce(NodeMachine.BEGIN);
    assertThat(node.status(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(node.install(root)).isEqualTo(new TrustResult.Trusted(false));
    store().uninstall(root);
    assertThat(text(".bashrc")).isEqualTo(withNode.get(home + "/.bashrc").substring(6));
    store().install(root);
    node.uninstall(root);
    assertThat(status()).isEqualTo(TrustResult.Kind.TRUSTED);
    store().uninstall(root);
    assertThat(machine.snapshot()).isEqualTo(before);
  }
}
