package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The login keychain; the System keychain is in {@link MacSystemKeychainTest}. */
class MacKeychainStoreTest extends TrustStoreContract {
  private static final String NEVER_TRUST =
      "\t\t\t\t\t<key>kSecTrustSettingsResult</key>\n\t\t\t\t\t<integer>3</integer>\n";

  final FakeHost machine = new FakeHost(OperatingSystem.MAC);
  final List<String> notices = new ArrayList<>();
  final FakeSecurity security = FakeSecurity.on(machine);

  @BeforeEach
  void state() throws IOException {
    Files.createDirectories(machine.home().resolve("Library/Application Support/devca/state"));
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  Host host() {
    return machine.host().withNotices(notices::add);
  }

  @Override
  TrustStore store() {
    return new MacProvider().discover(host()).get(0);
  }

  /** The keychains and settings; a domain that became empty is as one that never was. */
  @Override
  Map<String, String> snapshot() {
    Map<String, String> all = new TreeMap<>(machine.snapshot());
    all.putAll(security.state());
    return all;
  }

  private String login() {
    return machine.home().resolve(FakeSecurity.LOGIN).toString();
  }

  private boolean changesMachine() {
    return store().id().equals("macos:machine");
  }

  private String keychain() {
    return changesMachine() ? FakeSecurity.SYSTEM : login();
  }

  private static String failure(TrustResult result) {
    assertThat(result).isInstanceOf(TrustResult.Failed.class);
    return result instanceof TrustResult.Failed failed
        ? failed.reason() + " | " + failed.remedy()
        : "";
  }

  @Test
  void install_always_usesArgumentsWithoutAShellAndSaysWhatIsAsked() {
    store().install(root);

    List<String> add =
        machine.commands.stream()
            .filter(command -> command.contains("add-trusted-cert"))
            .findFirst()
            .orElseThrow();
    assertThat(add).startsWith("/usr/bin/security", "add-trusted-cert");
    assertThat(add)
        .containsSequence("-r", "trustRoot", "-p", "ssl", "-p", "basic", "-k", keychain());
    assertThat(add.contains("-d")).isEqualTo(changesMachine());
    assertThat(notices).singleElement().asString().contains("in a window");
  }

  @ParameterizedTest
  @EnumSource(value = FakeSecurity.Answer.class, names = "GIVEN", mode = EnumSource.Mode.EXCLUDE)
  void install_questionNotAnswered_isAFailureAndLeavesNoCertificate(FakeSecurity.Answer answer) {
    security.answer = answer;
    var before = snapshot();

    assertThat(failure(store().install(root)))
        .startsWith("macOS did not change its trust: ")
        .contains(
            switch (answer) {
              case CANCELLED -> "canceled by the user";
              case NO_WINDOW -> "no user interaction was possible";
              case NEVER, GIVEN -> "did not end within";
            })
        .contains("on the Mac's desktop");

    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void install_keychainLocked_isAFailure() {
    security.keychainIsLocked = true;

    assertThat(failure(store().install(root))).contains("User interaction is not allowed");
  }

  @Test
  void install_certificateWithoutTrust_trustsIt() {
    security.keychain(keychain()).add(root);
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(true));
    assertThat(security.keychain(keychain())).hasSize(1);
  }

  @Test
  void install_setToNeverTrust_isLeftToTheUser() {
    security.keychain(keychain()).add(root);
    security.set(
        changesMachine(),
        root,
        FakeSecurity.settings(FakeSecurity.setting("KoZIhvdjZAED", NEVER_TRUST)));
    var before = snapshot();

    assertThat(failure(store().status(root))).contains("Never Trust");
    assertThat(failure(store().install(root))).contains("Never Trust", "devca uninstall");

    assertThat(snapshot()).isEqualTo(before);
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(true));
  }

  @Test
  void uninstall_questionNotAnswered_staysTrusted() {
    store().install(root);
    security.answer = FakeSecurity.Answer.NEVER;

    assertThat(failure(store().uninstall(root))).contains("did not end within");

    assertThat(store().status(root)).isEqualTo(new TrustResult.Trusted(false));
    security.answer = FakeSecurity.Answer.GIVEN;
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
  }

  @Test
  void uninstall_keychainLockedMeanwhile_saysWhatIsLeft() {
    store().install(root);
    security.keychainIsLocked = true;

    assertThat(failure(store().uninstall(root)))
        .contains("its certificate is still in the keychain", "| security delete-certificate -Z ");
  }

  @Test
  void status_certificateDeletedByHand_isNotCalledUntrusted() {
    store().install(root);
    security.keychain(keychain()).clear();

    assertThat(failure(store().status(root))).contains("without its certificate");
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
  }

  @ParameterizedTest
  @CsvSource({"KoZIhvdjZAEC", "KoZIhvdjZAEI"})
  void status_trustedForOtherThanServers_isNotTrusted(String policy) {
    security.keychain(keychain()).add(root);
    security.set(changesMachine(), root, FakeSecurity.settings(FakeSecurity.setting(policy, "")));

    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
  }

  @Test
  void status_trustedForOneHostAlone_isNotTrusted() {
    security.keychain(keychain()).add(root);
    String host = "<key>kSecTrustSettingsPolicyString</key><string>a.test</string>";
    security.set(
        changesMachine(), root, FakeSecurity.settings(FakeSecurity.setting("KoZIhvdjZAED", host)));

    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
  }

  @ParameterizedTest
  @CsvSource({"''", "'\t\t\t<key>trustSettings</key>\n\t\t\t<array/>\n'"})
  void status_settingsWithoutLimits_isTrusted(String array) {
    security.keychain(keychain()).add(root);
    security.set(changesMachine(), root, array);

    assertThat(store().status(root)).isEqualTo(new TrustResult.Trusted(false));
  }

  @Test
  void status_settingsThatAreNoPropertyList_isUnavailable() {
    security.set(changesMachine(), root, "<torn");

    assertThat(store().status(root))
        .isInstanceOfSatisfying(
            TrustResult.Unavailable.class,
            result -> assertThat(result.reason()).contains("it is no property list"));
  }
}
