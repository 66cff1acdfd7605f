package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0} on {1}")
@MethodSource("machines")
class JavaCacertsStoreTest extends TrustStoreContract {
  @Parameter(0)
  TestKeyStore format;

  @Parameter(1)
  OperatingSystem os;

  private final Map<String, X509Certificate> theirs = new LinkedHashMap<>();
  private FakeHost machine;
  private Path cacerts;

  static Stream<Arguments> machines() {
    return Stream.of(TestKeyStore.values())
        .flatMap(format -> Stream.of(OperatingSystem.values()).map(os -> Arguments.of(format, os)));
  }

  @BeforeEach
  void putJdkInPlace() {
    theirs.put("theirs", TestRoots.create());
    theirs.put("theirs too", TestRoots.create());
    machine = new FakeHost(os);
    String home = os == OperatingSystem.WINDOWS ? "C:\\Program Files\\Java\\jdk" : "/opt/a jdk";
    machine.environment.put("JAVA_HOME", home);
    // TrustStores makes it for its lock before any store is changed.
    machine.directory(machine.host().stateDirectory().orElseThrow().toString());
    cacerts = machine.file(home + "/lib/security/cacerts", format.of(theirs));
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  TrustStore store() {
    return store(machine.host());
  }

  private static TrustStore store(Host host) {
    return new JavaProvider().discover(host).get(0);
  }

  @Test
  void id_ofFoundStore_givesTheSameStoreWithoutItsJdk() {
    String id = store().id();
    assertThat(id).isEqualTo("java:" + cacerts);

    machine.environment.remove("JAVA_HOME");
    JavaCacertsStore same =
        JavaCacertsStore.at(machine.host(), machine.files.getPath(id.substring(5)));

    assertThat(same.id()).isEqualTo(id);
    assertThat(same.install(root)).isEqualTo(new TrustResult.Trusted(true));
  }

  @Test
  void install_keepsFormatPasswordAndEntriesOfOthers() throws IOException {
    byte[] before = Files.readAllBytes(cacerts);

    store().install(root);

    byte[] after = Files.readAllBytes(cacerts);
    assertThat(Arrays.copyOf(after, 1)).isEqualTo(Arrays.copyOf(before, 1));
    assertThat(format.hasPassword(after)).isEqualTo(format != TestKeyStore.PKCS12_WITHOUT_PASSWORD);
    Map<String, String> expected = format.entries(before);
    assertThat(format.entries(after)).containsAllEntriesOf(expected).hasSize(expected.size() + 1);
    assertThat(format.entries(after).get(alias())).startsWith(Fingerprint.of(root).hex());
  }

  @Test
  void install_rootThereUnderForeignAlias_changesNothing() throws IOException {
    Files.write(cacerts, format.with(Files.readAllBytes(cacerts), "debian:devca.pem", root));
    Map<String, String> before = machine.snapshot();

    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(false));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_ourAliasTakenByAnotherCertificate_keepsIt() throws IOException {
    for (String taken : List.of(alias(), alias().toUpperCase(Locale.ROOT))) {
      byte[] before = format.with(format.of(theirs), taken, other);
      Files.write(cacerts, before);

      assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(true));

      assertThat(store().status(other)).isEqualTo(new TrustResult.Trusted(false));
      assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
      assertThat(Files.readAllBytes(cacerts)).isEqualTo(before);
    }
  }

  @Test
  void uninstall_rootUnderForeignAliases_removesEachAndNothingElse() throws IOException {
    byte[] original = Files.readAllBytes(cacerts);
    Files.write(
        cacerts, format.with(format.with(original, "debian:devca.pem", root), "mine", root));

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(format.entries(Files.readAllBytes(cacerts))).isEqualTo(format.entries(original));
  }

  @Test
  void uninstall_rootComesInAgainByAnother_putsBackTheBytesFromBefore() throws IOException {
    byte[] original = Files.readAllBytes(cacerts);
    store().install(root);
    // As Debian's hook writes it, and the note of that is lost in a crash.
    Files.write(cacerts, format.with(original, "debian:devca.pem", root));

    store().uninstall(root);

    assertThat(cacerts).hasBinaryContent(original);
  }

  @Test
  void uninstall_othersWroteMeanwhile_keepsTheirEntriesAndDates() throws IOException {
    byte[] original = Files.readAllBytes(cacerts);
    store().install(root);
    Files.write(cacerts, format.with(Files.readAllBytes(cacerts), "new", other));
    Map<String, String> expected = format.entries(Files.readAllBytes(cacerts));
    expected.remove(alias());

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(format.entries(Files.readAllBytes(cacerts)))
        .isEqualTo(expected)
        .containsAllEntriesOf(format.entries(original));
  }

  @Test
  void everyOperation_otherPassword_isUnavailableUntilItIsGiven() throws IOException {
    Files.write(cacerts, format.of(theirs, "s3cret"));
    if (format != TestKeyStore.PKCS12_WITHOUT_PASSWORD) {
      assertUnavailable("another password", "the same command with --java-password-file FILE");
    }

    TrustStore store = store(machine.host().withJavaPassword("s3cret"));

    assertThat(store.install(root)).isEqualTo(new TrustResult.Trusted(true));
    assertThat(store.uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
  }

  @Test
  void install_passwordGivenForAnotherStore_takesTheUsualOne() {
    TrustStore store = store(machine.host().withJavaPassword("of another JDK"));

    assertThat(store.install(root)).isEqualTo(new TrustResult.Trusted(true));
  }

  @Test
  void uninstall_passwordChangedSinceInstall_takesTheRootOut() throws IOException {
    store().install(root);
    Map<String, X509Certificate> all = new LinkedHashMap<>(theirs);
    all.put(alias(), root);
    Files.write(cacerts, format.of(all, "s3cret"));
    TrustStore store = store(machine.host().withJavaPassword("s3cret"));

    assertThat(store.uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
  }

  @Test
  void install_emptyPassword_works() throws IOException {
    Files.write(cacerts, format.of(theirs, ""));

    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(true));
  }

  @Test
  void everyOperation_damagedFile_isUnavailableAndChangesNothing() throws IOException {
    byte[] whole = Files.readAllBytes(cacerts);
    for (int length : new int[] {3, 4, 20, whole.length / 2, whole.length - 1}) {
      Files.write(cacerts, Arrays.copyOf(whole, length));
      assertUnavailable("damaged", "put " + cacerts + " back");
    }
    Files.writeString(cacerts, "-----BEGIN CERTIFICATE-----\n");
    assertUnavailable("damaged", "put " + cacerts + " back");
    Files.write(cacerts, new byte[0]);
    assertUnavailable("it is empty", "put " + cacerts + " back");
    if (format != TestKeyStore.PKCS12_WITHOUT_PASSWORD) {
      byte[] flipped = whole.clone();
      flipped[whole.length - 60] ^= 1;
      Files.write(cacerts, flipped);
      assertUnavailable("damaged", "");
    }
  }

  @Test
  void everyOperation_damagedSinceInstall_putsBackWhatTheJournalHolds() throws IOException {
    byte[] whole = Files.readAllBytes(cacerts);
    for (int length : new int[] {0, 3, 20, 200}) {
      List<String> notices = new ArrayList<>();
      Host host = machine.host().withNotices(notices::add);
      store(host).install(root);
      Files.write(cacerts, Arrays.copyOf(Files.readAllBytes(cacerts), length));

      assertThat(store(host).install(root)).isEqualTo(new TrustResult.Trusted(true));
      assertThat(notices).singleElement().asString().startsWith("Put back " + cacerts);

      Files.write(cacerts, Arrays.copyOf(Files.readAllBytes(cacerts), length));
      assertThat(store(host).uninstall(root).kind()).isEqualTo(TrustResult.Kind.NOT_TRUSTED);
      assertThat(cacerts).hasBinaryContent(whole);
    }
  }

  @Test
  void everyOperation_directoryInPlaceOfTheFile_isUnavailable() throws IOException {
    Files.delete(cacerts);
    Files.createDirectory(cacerts);

    assertUnavailable("it is a directory", "put " + cacerts + " back");
  }

  @Test
  void everyOperation_fileGoneSinceDiscovery_isAbsent() throws IOException {
    TrustStore store = store();
    Files.delete(cacerts);

    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store, root))
          .isEqualTo(new TrustResult.Absent("there is no " + cacerts));
    }
  }

  @Test
  void install_journalCannotBeWritten_failsAndChangesNothing() {
    Path state = machine.host().stateDirectory().orElseThrow();
    machine.file(state.resolve("journal").toString(), "in the way");
    Map<String, String> before = machine.snapshot();

    assertThat(store().install(root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed -> {
              assertThat(failed.reason()).startsWith("cannot change " + cacerts + ": ");
              assertThat(failed.remedy()).endsWith("devca install --only \"java:" + cacerts + "\"");
            });

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  private String alias() {
    return "devca-" + Fingerprint.of(root).shortHex();
  }

  private void assertUnavailable(String reason, String remedy) {
    Map<String, String> before = machine.snapshot();
    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store(), root))
          .isInstanceOfSatisfying(
              TrustResult.Unavailable.class,
              unavailable -> {
                assertThat(unavailable.reason())
                    .startsWith("cannot read " + cacerts + ": ")
                    .contains(reason)
                    .doesNotContain("changeit", "\n");
                assertThat(unavailable.remedy()).contains(remedy).doesNotContain("\n");
              });
    }
    assertThat(machine.snapshot()).isEqualTo(before);
  }
}
