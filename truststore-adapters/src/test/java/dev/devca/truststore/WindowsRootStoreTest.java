package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsRootStoreTest extends TrustStoreContract {
  private static final int USER = Crypt32.CERT_SYSTEM_STORE_CURRENT_USER;
  private static final int MACHINE = Crypt32.CERT_SYSTEM_STORE_LOCAL_MACHINE;
  private static final String ROOTS = "ROOT";
  private static final String DISTRUSTED = "Disallowed";

  private final FakeHost machine = new FakeHost(OperatingSystem.WINDOWS);
  private final FakeCrypt32 crypt32 = new FakeCrypt32();
  private final List<String> notices = new ArrayList<>();
  private boolean machineStores;

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  Map<String, String> snapshot() {
    Map<String, String> all = new TreeMap<>(machine.snapshot());
    all.putAll(crypt32.snapshot());
    return all;
  }

  private Host host() {
    Host host =
        machine
            .host()
            .withWindows(() -> new Windows(crypt32, new FakeRegistry(), new FakeRegistry()))
            .withNotices(notices::add);
    return machineStores ? host.withMachineStores() : host;
  }

  @Override
  TrustStore store() {
    List<TrustStore> stores = new WindowsProvider().discover(host());
    assertThat(stores).hasSize(1);
    return stores.get(0);
  }

  @AfterEach
  void everything_wasClosedAndFreed() {
    crypt32.assertNothingOpen();
  }

  private byte[] der() throws Exception {
    return root.getEncoded();
  }

  @Test
  void install_user_saysThatWindowsAsksAndIsAskedOnce() {
    assertThat(store().id()).isEqualTo("windows:user");

    store().install(root);
    store().install(root);

    assertThat(crypt32.questions).isOne();
    assertThat(notices)
        .containsExactly(
            "Windows asks in a window of its own whether to install the root: choose Yes.");
    assertThat(crypt32.snapshot()).containsValue("9301406082b0601050507030106082b06010505070302");
  }

  @Test
  void install_machineAsAdministrator_asksNothing() {
    machineStores = true;
    crypt32.elevated = true;
    assertThat(store().id()).isEqualTo("windows:machine");
    assertThat(store().displayName()).isEqualTo("Windows (all users)");

    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(true));
    assertThat(crypt32.snapshot().keySet()).allMatch(key -> key.startsWith("machine ROOT"));
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(crypt32.snapshot()).isEmpty();
    assertThat(crypt32.questions).isZero();
    assertThat(notices).isEmpty();
  }

  @Test
  void install_machineAsUser_saysWhatToRun() {
    machineStores = true;

    assertThat(store().install(root))
        .isEqualTo(
            new TrustResult.Unavailable(
                "it needs the rights of an administrator",
                "in a terminal of an administrator: devca install --machine --only windows"));
  }

  @Test
  void install_answeredWithNo_saysSoAndAsksAgainNextTime() {
    crypt32.answersYes = false;

    assertThat(store().install(root))
        .isEqualTo(
            new TrustResult.Failed(
                "its question was answered with No, or there is no desktop to show it on",
                "devca install --only windows; without a desktop, in a terminal of an"
                    + " administrator: devca install --machine --only windows"));

    crypt32.answersYes = true;
    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(true));
    crypt32.answersYes = false;
    assertThat(store().uninstall(root).kind()).isEqualTo(TrustResult.Kind.FAILED);
    assertThat(store().status(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
  }

  @Test
  void install_rootOfAllUsers_isTrustedWithoutAQuestion() throws Exception {
    crypt32.put(MACHINE, ROOTS, der());

    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(false));

    assertThat(crypt32.questions).isZero();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void uninstall_rootOfAllUsersToo_saysWhoMayDeleteIt(boolean usersToo) throws Exception {
    if (usersToo) {
      store().install(root);
    }
    crypt32.put(MACHINE, ROOTS, der());

    assertThat(store().uninstall(root))
        .isEqualTo(
            new TrustResult.Failed(
                "it is also among the roots of all users",
                "in a terminal of an administrator: devca uninstall --machine --only windows"));

    assertThat(crypt32.snapshot().keySet()).allMatch(key -> key.startsWith("machine"));
  }

  @Test
  void uninstall_others_stay() throws Exception {
    crypt32.put(USER, ROOTS, other.getEncoded());
    crypt32.put(MACHINE, ROOTS, TestRoots.create().getEncoded());
    Map<String, String> before = snapshot();

    store().install(root);
    store().uninstall(root);

    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void install_policyForbidsUsersRoots_saysSo() {
    crypt32.forgetsUsersRoots = true;

    assertThat(store().install(root))
        .isEqualTo(
            new TrustResult.Failed(
                "Windows did not keep it; a policy may forbid users to add roots",
                "in a terminal of an administrator: devca install --machine --only windows"));
  }

  @Test
  void status_distrustedToo_isNotCalledTrusted() throws Exception {
    crypt32.put(USER, ROOTS, der());
    crypt32.put(USER, DISTRUSTED, der());

    TrustResult result =
        new TrustResult.Failed(
            "it is among the untrusted certificates of Windows too",
            "delete it there: start certmgr.msc, Untrusted Certificates");
    assertThat(store().status(root)).isEqualTo(result);
    assertThat(store().install(root)).isEqualTo(result);
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
  }

  @ParameterizedTest
  @CsvSource({
    "300a06082b06010505070301, TRUSTED", // for servers
    "30060604551d2500, TRUSTED", // for anything
    "300a06082b06010505070303, FAILED", // for code
    "3000, FAILED" // for nothing
  })
  void status_enabledForSomePurposes_goesByThem(String purposes, TrustResult.Kind kind)
      throws Exception {
    crypt32.put(USER, ROOTS, der());
    crypt32.setPurposes(USER, ROOTS, purposes);

    assertThat(store().status(root).kind()).isEqualTo(kind);
    assertThat(store().install(root).kind()).isEqualTo(kind);
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
  }

  @ParameterizedTest
  @CsvSource({
    "CertOpenStore, 0x80070005, UNAVAILABLE",
    "CertOpenStore, 0x80070057, FAILED",
    "CertEnumCertificatesInStore, 8, FAILED",
    "CertCreateCertificateContext, 0x8009310b, FAILED",
    "CertSetCertificateContextProperty, 14, FAILED",
    "CertAddCertificateContextToStore, 5, UNAVAILABLE",
    "CertAddCertificateContextToStore, 0x800704c7, FAILED",
    "CertControlStore, 112, FAILED"
  })
  void install_functionFails_saysWhichAndLeavesNothingOpen(
      String function, String code, TrustResult.Kind kind) {
    crypt32.fail(function, Long.decode(code).intValue());

    TrustResult result = store().install(root);

    assertThat(result.kind()).isEqualTo(kind);
    crypt32.assertNothingOpen();
    if (result instanceof TrustResult.Failed failed && !code.equals("0x800704c7")) {
      assertThat(failed.reason())
          .isEqualTo(
              "cannot change the roots of Windows: "
                  + function
                  + " says error "
                  + code.replace("0x80070057", "87"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CertOpenStore, 87",
    "CertEnumCertificatesInStore, 8",
    "CertGetCertificateContextProperty, 14"
  })
  void status_functionFails_saysWhichAndLeavesNothingOpen(String function, int code) {
    store().install(root);
    crypt32.fail(function, code);

    assertThat(store().status(root))
        .isEqualTo(
            new TrustResult.Unavailable(
                "cannot read the roots of Windows: " + function + " says error " + code,
                "mend that, then devca install"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CertDeleteCertificateFromStore", "CertControlStore"})
  void uninstall_functionIsDenied_asksForAnAdministrator(String function) {
    store().install(root);
    crypt32.fail(function, WindowsException.ERROR_ACCESS_DENIED);

    assertThat(store().uninstall(root).kind()).isEqualTo(TrustResult.Kind.UNAVAILABLE);
  }

  @Test
  void discover_librariesCannotBeLoaded_saysWhatHelps() {
    Host host =
        machine
            .host()
            .withWindows(
                () -> {
                  throw new UnsatisfiedLinkError("blocked by policy");
                });

    TrustResult result = new WindowsProvider().discover(host).get(0).status(root);

    assertThat(result)
        .isEqualTo(
            new TrustResult.Unavailable(
                "the libraries of Windows cannot be called: blocked by policy",
                "let TEMP name a folder from which programs may run, then devca install"));
  }

  @Test
  void discover_otherSystem_findsNothing() {
    assertThat(new WindowsProvider().discover(new FakeHost(OperatingSystem.MAC).host())).isEmpty();
  }
}
