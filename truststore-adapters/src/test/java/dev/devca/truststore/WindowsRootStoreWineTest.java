package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The store on Wine's crypt32, which keeps certificates in a registry as Windows does. */
class WindowsRootStoreWineTest extends TrustStoreContract {
  private static final String SERVER_AND_CLIENT = "301406082b0601050507030106082b06010505070302";
  private static final int PAGE = 0;
  private static final int REFUSED = 1;
  private static final int BYTES_OF_P256 = 32;

  private static Wine wine;

  private final FakeHost machine = new FakeHost(OperatingSystem.WINDOWS);
  private boolean machineStores;

  @BeforeAll
  static void startWine() throws IOException {
    wine = Wine.start();
  }

  @AfterAll
  static void stopWine() throws IOException {
    if (wine != null) {
      wine.close();
    }
  }

  @AfterEach
  void takeOut() {
    wine.fail("", 0);
    for (boolean machines : new boolean[] {false, true}) {
      machineStores = machines;
      store().uninstall(root);
      store().uninstall(other);
    }
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  Map<String, String> snapshot() {
    Map<String, String> all = new TreeMap<>(machine.snapshot());
    all.putAll(roots(Crypt32.CERT_SYSTEM_STORE_CURRENT_USER));
    return all;
  }

  /** What another program sees: the DER of each root, and what it is enabled for. */
  private static Map<String, String> roots(int place) {
    try {
      CommandRunner.Result result = wine.probe("list", Integer.toString(place), "ROOT");
      assertThat(result.exitCode()).isZero();
      Map<String, String> roots = new TreeMap<>();
      for (String line : result.text().lines().toList()) {
        String[] words = line.split(" ", -1);
        roots.put(words[0], words[1]);
      }
      return roots;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String hex(X509Certificate certificate) {
    try {
      return HexFormat.of().formatHex(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  TrustStore store() {
    Host host = machine.host().withWindows(wine::windows);
    return new WindowsProvider().discover(machineStores ? host.withMachineStores() : host).get(0);
  }

  @Test
  void install_realTlsClient_trustsTheServerUntilUninstall() throws Exception {
    CertificateAuthority ca =
        withWholeSignature(
            () -> CertificateAuthority.inMemory(CaOptions.defaults()),
            CertificateAuthority::rootCertificate);
    IssuedCertificate leaf =
        withWholeSignature(
            () -> ca.issue(LeafRequest.forNames("localhost")), issued -> issued.chain().get(0));
    X509Certificate ours = ca.rootCertificate();
    try (TlsServer server = TlsServer.start(leaf.serverContext())) {
      String port = Integer.toString(server.port());
      assertThat(wine.probe("get", port).exitCode()).isEqualTo(REFUSED);

      assertThat(store().install(ours)).isEqualTo(new TrustResult.Trusted(true));
      CommandRunner.Result page = wine.probe("get", port);
      assertThat(page.exitCode()).as(page.text()).isEqualTo(PAGE);
      assertThat(roots(Crypt32.CERT_SYSTEM_STORE_CURRENT_USER))
          .containsEntry(hex(ours), SERVER_AND_CLIENT);

      assertThat(store().uninstall(ours)).isEqualTo(new TrustResult.NotTrusted(true));
      assertThat(wine.probe("get", port).exitCode()).isEqualTo(REFUSED);
    }
  }

  /**
   * Wine 8 refuses each certificate, one in 128, whose ECDSA signature has an r or s with a zero
   * byte in front, which DER leaves out: it puts the two together without padding.
   */
  private static <T> T withWholeSignature(Callable<T> maker, Function<T, X509Certificate> part)
      throws Exception {
    while (true) {
      T made = maker.call();
      byte[] signature = part.apply(made).getSignature();
      int lengthOfR = signature[3];
      int lengthOfS = signature[3 + lengthOfR + 2];
      if (lengthOfR >= BYTES_OF_P256 && lengthOfS >= BYTES_OF_P256) {
        return made;
      }
    }
  }

  @Test
  void install_anotherProcess_seesItAndDeletesIt() {
    store().install(root);

    wine.restart();

    assertThat(store().status(root)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    wine.restart();
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
  }

  @Test
  void install_machine_isAmongTheRootsOfAllUsersAndOfEach() {
    machineStores = true;
    Map<String, String> before = roots(Crypt32.CERT_SYSTEM_STORE_LOCAL_MACHINE);

    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(true));
    assertThat(roots(Crypt32.CERT_SYSTEM_STORE_LOCAL_MACHINE))
        .containsEntry(hex(root), SERVER_AND_CLIENT);
    machineStores = false;
    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(false));
    machineStores = true;

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(roots(Crypt32.CERT_SYSTEM_STORE_LOCAL_MACHINE)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "CertAddCertificateContextToStore, 1223, FAILED, its question was answered with No",
    "CertAddCertificateContextToStore, 0x800704c7, FAILED, its question was answered with No",
    "CertAddCertificateContextToStore, 5, UNAVAILABLE, it needs the rights of an administrator",
    "CertOpenStore, 0x80070005, UNAVAILABLE, it needs the rights of an administrator",
    "CertSetCertificateContextProperty, 8, FAILED, cannot change the roots of Windows:",
    "CertEnumCertificatesInStore, 1450, FAILED, cannot change the roots of Windows:"
  })
  void install_functionFails_resultSaysWhy(
      String function, String code, TrustResult.Kind kind, String reason) {
    wine.fail(function, Long.decode(code).intValue());

    TrustResult result = store().install(root);

    assertThat(result.kind()).isEqualTo(kind);
    assertThat(result.toString()).contains(reason);
    wine.fail("", 0);
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
  }

  @Test
  void uninstall_deleteRefused_rootStays() {
    store().install(root);
    wine.fail("CertDeleteCertificateFromStore", WindowsException.ERROR_CANCELLED);

    assertThat(store().uninstall(root).kind()).isEqualTo(TrustResult.Kind.FAILED);

    wine.fail("", 0);
    assertThat(store().status(root)).isEqualTo(new TrustResult.Trusted(false));
  }
}
