package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is there. */
class NssStoreTest extends TrustStoreContract {
  private static final String OTHER_TRUST = "T,,";

  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final FakeCertutil certutil = FakeCertutil.on(machine);
  private Path folder;

  @BeforeEach
  void putProfileInPlace() {
    // TrustStores makes it for its lock before any store is changed.
    machine.directory(machine.host().stateDirectory().orElseThrow().toString());
    folder = certutil.database(machine.home() + "/.mozilla/firefox/ab12.mein Profil");
    certutil.add(folder, "theirs, C,,", OTHER_TRUST, TestRoots.create());
    certutil.add(folder, "NSS Certificate DB:with:colons", ",,", TestRoots.create());
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  TrustStore store() {
    return new NssProvider().discover(machine.host()).get(0);
  }

  @Test
  void install_addsOneRowAndTellsToRestart() {
    List<FakeCertutil.Row> before = certutil.rows(folder);

    assertThat(store().install(root))
        .isEqualTo(new TrustResult.Trusted(true, "restart the browsers that are running"));

    assertThat(certutil.rows(folder)).startsWith(before.toArray(FakeCertutil.Row[]::new));
    assertThat(certutil.rows(folder)).last().hasToString(nickname(root) + " C,,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ,,      | C,,
          T,,     | CT,,
          c,c,c   | C,c,c
          p,P,    | C,P,
          pw,C,CT | Cw,C,CT
          """)
  void install_rootThereUntrustedUnderForeignNickname_keepsItsOtherTrust(String old, String now) {
    certutil.add(folder, "mine: é", old, root);
    Map<String, String> before = machine.snapshot();

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(certutil.rows(folder)).last().hasToString("mine: é " + now);
    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(false));

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_rootTrustedBeforeUnderForeignNickname_takesItOut() {
    Map<String, String> before = machine.snapshot();
    certutil.add(folder, "mkcert development CA 123", "C,,", root);

    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_ourNicknameWithoutTrust_isMended() {
    Map<String, String> before = machine.snapshot();
    certutil.add(folder, nickname(root), ",,", root);

    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_ourNicknameWithoutTrust_removesIt() {
    Map<String, String> before = machine.snapshot();
    certutil.add(folder, nickname(root), ",,", root);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_ourNicknameTakenByAnother_failsAndChangesNothing() {
    certutil.add(folder, nickname(root), "C,,", other);

    Map<String, String> before = machine.snapshot();
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.FAILED);
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_twoRootsOfOneName_areToldApart() {
    X509Certificate first = named("Same");
    X509Certificate second = named("Same");
    Map<String, String> before = machine.snapshot();
    store().install(first);

    assertThat(store().status(second)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(store().install(second).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(store().uninstall(first)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(store().status(second)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(store().uninstall(second)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void everyOperation_othersOfOneNameThatCannotBeToldApart_isUnavailable() {
    X509Certificate first = named("Same");
    certutil.add(folder, "same", "C,,", first);
    certutil.add(folder, "same", "C,,", named("Same"));
    Map<String, String> before = machine.snapshot();

    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store(), first))
          .isInstanceOfSatisfying(
              TrustResult.Unavailable.class,
              unavailable -> {
                assertThat(unavailable.reason()).contains("cannot tell apart");
                assertThat(unavailable.remedy())
                    .isEqualTo("delete 'same' in the settings of Firefox");
              });
    }
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void status_manyCertificatesWithoutTrust_looksAtNone() {
    for (int i = 0; i < 50; i++) {
      certutil.add(folder, "intermediate " + i, ",,", other);
    }

    store().status(root);

    assertThat(machine.commands).hasSize(1);
  }

  @Test
  void install_primaryPassword_leavesNothingAndSaysWhatToType() {
    certutil.setPassword(folder);
    Map<String, String> before = machine.snapshot();

    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(store().install(root))
        .isEqualTo(
            new TrustResult.Failed(
                "cannot change "
                    + folder
                    + ": it has a primary password, for which devca never asks",
                "certutil -A -n '"
                    + nickname(root)
                    + "' -t C,, -a -d 'sql:"
                    + folder
                    + "' -i \"$(devca root)\""));

    assertThat(machine.snapshot()).isEqualTo(before);
    assertThat(machine.commands).as("not even for a moment").noneMatch(c -> c.contains("-A"));
  }

  @Test
  void install_primaryPasswordAndForeignNickname_leavesItsTrust() {
    certutil.add(folder, "mine", OTHER_TRUST, root);
    certutil.setPassword(folder);
    Map<String, String> before = machine.snapshot();

    assertThat(store().install(root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed ->
                assertThat(failed.remedy())
                    .isEqualTo("certutil -M -n mine -t CT,, -d 'sql:" + folder + "'"));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_primaryPasswordSetSinceInstall_takesTheRootOut() {
    store().install(root);
    certutil.setPassword(folder);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
  }

  @Test
  void install_takingBackFailsToo_saysWhatIsLeft() {
    certutil.setPassword(folder);
    certutil.failing.put("-K", "certutil: no keys found");
    certutil.failing.put("-D", "certutil: function failed: SEC_ERROR_READ_ONLY");

    assertThat(store().install(root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed ->
                assertThat(failed.reason())
                    .endsWith("; the root may have been left in it, not trusted"));
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cert9.db", "key4.db"})
  void everyOperation_damagedFile_isUnavailableWithWhatMendsIt(String name) throws IOException {
    Path file = folder.resolve(name);
    for (String content : List.of("", "garbage", "SQLite format 3\0\u0010\0" + "\1".repeat(99))) {
      Files.writeString(file, content);
      if (content.startsWith("SQLite")) {
        certutil.failing.put("-L", "certutil: function failed: SEC_ERROR_BAD_DATABASE");
      }
      assertUnavailable(
          "its " + name + " is damaged",
          "close Firefox, run: mv '"
              + file
              + "' '"
              + file
              + ".damaged', start Firefox once, then devca install");
    }
    certutil.failing.clear();
  }

  @Test
  void everyOperation_keysMissing_isUnavailableAndMakesNone() throws IOException {
    Files.delete(folder.resolve("key4.db"));

    assertUnavailable("its key4.db is missing", "start Firefox once, then devca install");
  }

  @Test
  void everyOperation_databaseLocked_isUnavailableUntilItIsClosed() {
    certutil.failing.put(
        "-L", "certutil: function failed: SEC_ERROR_BAD_DATABASE: security library: bad database.");

    assertUnavailable(
        "another program is using it (certutil: function failed: SEC_ERROR_BAD_DATABASE: security"
            + " library: bad database.)",
        "close Firefox, then run: devca ");
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"INSTALL", "UNINSTALL"})
  void change_databaseLockedForWriters_failsAndChangesNothing(Operation operation) {
    if (operation == Operation.UNINSTALL) {
      store().install(root);
    }
    String general = "certutil: function failed: SEC_ERROR_PKCS11_GENERAL_ERROR: it failed";
    certutil.failing.putAll(Map.of("-A", general, "-D", general));
    Map<String, String> before = machine.snapshot();

    assertThat(operation.apply(store(), root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed -> {
              assertThat(failed.reason())
                  .startsWith("cannot change " + folder + ": another program is using it");
              assertThat(failed.remedy())
                  .isEqualTo(
                      "close Firefox, then run: devca "
                          + operation
                          + " --only 'nss:"
                          + folder
                          + "'");
            });

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void rights_ofRootForAUser_areThatUsers() {
    Host root = machine.host().withUserId(0);

    assertThat(store().rights()).isEqualTo(Rights.OWN);
    assertThat(new NssProvider().discover(root).get(0).rights()).isEqualTo(Rights.OWN);
    assertThat(new NssProvider().discover(root.withInvokingUser(1000)).get(0).rights())
        .isEqualTo(Rights.INVOKING_USER);
  }

  private void assertUnavailable(String reason, String remedy) {
    Map<String, String> before = machine.snapshot();
    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store(), root))
          .isInstanceOfSatisfying(
              TrustResult.Unavailable.class,
              unavailable -> {
                assertThat(unavailable.reason()).isEqualTo("cannot read " + folder + ": " + reason);
                assertThat(unavailable.remedy()).startsWith(remedy);
              });
    }
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  private static String nickname(X509Certificate root) {
    return "devca " + Fingerprint.of(root).shortHex();
  }

  private static X509Certificate named(String name) {
    return CertificateAuthority.inMemory(CaOptions.defaults().withCommonName(name))
        .rootCertificate();
  }
}
