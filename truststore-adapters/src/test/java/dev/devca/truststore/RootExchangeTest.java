package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Debian with a JDK of its own, browsers, Node.js and Python, all of which trust the old root.
 */
class RootExchangeTest {
  private static final String ANCHORS = "/usr/local/share/ca-certificates";
  private static final String BUNDLE = "/etc/ssl/certs/ca-certificates.crt";
  private static final String CACERTS = "/opt/jdk-21/lib/security/cacerts";

  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);
  private final X509Certificate old = TestRoots.create();
  private final X509Certificate next = TestRoots.create();
  private final X509Certificate theirs = TestRoots.create();
  // With a salt: no two encodings of the same are equal.
  private final byte[] cacerts = TestKeyStore.PKCS12.of(Map.of("theirs", theirs));
  private Map<String, String> before;

  @BeforeEach
  void everyStoreTrustsTheOldRoot() {
    machine.file("/etc/os-release", "ID=debian\n");
    machine.directory(ANCHORS);
    machine.directory("/etc/ssl/certs");
    machine.program("/usr/sbin/update-ca-certificates", command -> update());
    update();
    machine.file(CACERTS, cacerts);
    machine.environment.put("JAVA_HOME", "/opt/jdk-21");
    machine.file("/usr/bin/node", "#!");
    machine.file("/usr/bin/python3", "#!");
    FakeCertutil.on(machine).database(machine.home() + "/.mozilla/firefox/ab.default");
    assertThat(stores().install(old)).allMatch(o -> is(o, TrustResult.Kind.TRUSTED)).hasSize(5);
    before = machine.snapshot();
  }

  private CommandRunner.Result update() {
    try (DirectoryStream<Path> anchors =
        Files.newDirectoryStream(machine.files.getPath(ANCHORS), "*.crt")) {
      List<Path> all = new ArrayList<>();
      anchors.forEach(all::add);
      Collections.sort(all);
      StringBuilder bundle = new StringBuilder(Pem.encode(theirs));
      for (Path anchor : all) {
        bundle.append(Files.readString(anchor));
      }
      machine.file(BUNDLE, bundle.toString());
      return FakeHost.exits(0, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TrustStores stores() {
    return TrustStores.on(machine.host()).only("debian", "java", "nss", "node", "python");
  }

  /** A store that cannot do one thing with one root, and is as it should be else. */
  private record Stubborn(TrustStore store, Operation operation, X509Certificate root)
      implements TrustStore {
    @Override
    public String id() {
      return store.id();
    }

    @Override
    public String displayName() {
      return store.displayName();
    }

    @Override
    public Rights rights() {
      return store.rights();
    }

    @Override
    public TrustResult status(X509Certificate asked) {
      return run(Operation.STATUS, asked);
    }

    @Override
    public TrustResult install(X509Certificate asked) {
      return run(Operation.INSTALL, asked);
    }

    @Override
    public TrustResult uninstall(X509Certificate asked) {
      return run(Operation.UNINSTALL, asked);
    }

    private TrustResult run(Operation asked, X509Certificate which) {
      return asked == operation && which.equals(root)
          ? new TrustResult.Failed("the disk is full", "make room")
          : asked.apply(store, which);
    }
  }

  private RootExchange with(int failing, Operation operation, X509Certificate root) {
    List<TrustStore> stores = new ArrayList<>(stores().stores());
    stores.set(failing, new Stubborn(stores.get(failing), operation, root));
    return new RootExchange(TrustStores.of(machine.host(), stores), old, next);
  }

  private static boolean is(Outcome outcome, TrustResult.Kind kind) {
    return outcome.result().kind() == kind;
  }

  private void assertAsBefore() {
    Map<String, String> differences = machine.snapshot();
    before.forEach((path, text) -> differences.merge(path, text, RootExchangeTest::difference));
    // Each holder gives it another length.
    differences.keySet().removeIf(path -> path.endsWith("/.lock"));
    assertThat(differences).isEmpty();
  }

  /** Nothing where both are the same. */
  private static @Nullable String difference(String now, String then) {
    return now.equals(then) ? null : now + "\nwas before:\n" + then;
  }

  private void assertTrusted(boolean oldToo, boolean nextToo) {
    assertThat(stores().status(old)).allMatch(o -> is(o, TrustResult.Kind.TRUSTED) == oldToo);
    assertThat(stores().status(next)).allMatch(o -> is(o, TrustResult.Kind.TRUSTED) == nextToo);
  }

  @Test
  void everyStep_nothingFails_newBesideOldAndThenAlone() throws IOException {
    RootExchange exchange = new RootExchange(stores(), old, next);

    assertThat(exchange.check().done()).isTrue();
    assertAsBefore();
    assertThat(exchange.bringIn().done()).isTrue();
    assertTrusted(true, true);
    assertThat(exchange.takeOut().done()).isTrue();
    assertTrusted(false, true);
    assertThat(TrustStores.installedRoots(machine.host())).containsExactly(next);

    // What was there before devca came is what comes back in the end.
    stores().uninstall(next);
    assertThat(machine.files.getPath(ANCHORS)).isEmptyDirectory();
    assertThat(Files.readAllBytes(machine.files.getPath(CACERTS))).isEqualTo(cacerts);
    assertThat(machine.home().resolve(".local/state/devca")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void bringIn_oneStoreFails_goesBackByteForByte(int failing) {
    RootExchange exchange = with(failing, Operation.INSTALL, next);

    RootExchange.Step step = exchange.bringIn();

    assertThat(step.done()).isFalse();
    assertThat(step.outcomes()).filteredOn(o -> is(o, TrustResult.Kind.FAILED)).hasSize(1);
    assertThat(exchange.goBack().done()).isTrue();
    assertAsBefore();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void everyStep_oneStoreCannotBeRead_changesNothing(int failing) {
    assertThat(new RootExchange(stores(), old, next).bringIn().done()).isTrue();
    before = machine.snapshot();
    RootExchange exchange = with(failing, Operation.STATUS, old);

    assertThat(exchange.check().done()).isFalse();
    assertThat(exchange.bringIn().done()).isFalse();
    assertThat(exchange.takeOut().outcomes())
        .singleElement()
        .matches(o -> is(o, TrustResult.Kind.FAILED));

    assertAsBefore();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void takeOut_oneStoreFails_goesBackByteForByte(int failing) {
    RootExchange exchange = with(failing, Operation.UNINSTALL, old);
    assertThat(exchange.bringIn().done()).isTrue();

    assertThat(exchange.takeOut().done()).isFalse();

    assertThat(exchange.goBack().done()).isTrue();
    assertAsBefore();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void goBack_byAnotherProcessAfterOneThatDied_isTheSame(int stores) {
    List<String> ids = stores().stores().stream().map(TrustStore::id).toList();
    TrustStores some = stores().only(ids.subList(0, stores + 1).toArray(String[]::new));
    new RootExchange(some, old, next).bringIn();
    if (stores % 2 == 0) {
      new RootExchange(some, old, next).takeOut();
    }

    assertThat(new RootExchange(stores(), old, next).goBack().done()).isTrue();

    assertTrusted(true, false);
    assertAsBefore();
  }

  @Test
  void goBack_oldRootCannotComeBack_keepsTheNewOneThere() {
    new RootExchange(stores(), old, next).bringIn();
    new RootExchange(stores(), old, next).takeOut();
    RootExchange exchange = with(1, Operation.INSTALL, old);

    RootExchange.Step back = exchange.goBack();

    assertThat(back.done()).isFalse();
    assertThat(back.outcomes()).anyMatch(o -> is(o, TrustResult.Kind.FAILED));
    assertThat(stores().status(next))
        .filteredOn(o -> is(o, TrustResult.Kind.TRUSTED))
        .extracting(Outcome::storeId)
        .containsExactly(stores().stores().get(1).id());
    assertThat(new RootExchange(stores(), old, next).goBack().done()).isTrue();
    assertTrusted(true, false);
  }

  @Test
  void takeOut_killedBeforeItsNoteWasGone_takesThatToo() throws IOException {
    new RootExchange(stores(), old, next).bringIn();
    stores().stores().forEach(store -> store.uninstall(old));
    assertThat(TrustStores.installedRoots(machine.host())).contains(old);

    assertThat(new RootExchange(stores(), old, next).takeOut().done()).isTrue();

    assertThat(TrustStores.installedRoots(machine.host())).containsExactly(next);
  }

  @Test
  void takeOut_storeThatLosesTheNewRootToo_isAFailure() {
    new RootExchange(stores(), old, next).bringIn();
    stores().only("node").uninstall(next);

    RootExchange.Step step = new RootExchange(stores(), old, next).takeOut();

    assertThat(step.done()).isFalse();
    assertThat(step.outcomes())
        .filteredOn(o -> is(o, TrustResult.Kind.FAILED))
        .extracting(o -> o.result().toString())
        .singleElement()
        .asString()
        .contains("does not trust the new root");
  }

  @Test
  void check_storeThatCannotBeRead_isNamedBeforeAnythingIsChanged() {
    machine.file(CACERTS, new byte[] {1, 2, 3});
    Map<String, String> damaged = machine.snapshot();

    RootExchange.Step step = new RootExchange(stores(), old, next).check();

    assertThat(step.done()).isFalse();
    assertThat(step.outcomes()).extracting(Outcome::storeId).containsExactly("java:" + CACERTS);
    assertThat(machine.snapshot()).isEqualTo(damaged);
    assertThat(new RootExchange(stores().skip("java"), old, next).check().done()).isTrue();
  }

  @Test
  void bringIn_storesThatDoNotTrustTheOldRoot_areLeftAlone() {
    stores().only("node").uninstall(old);

    new RootExchange(stores(), old, next).bringIn();

    assertThat(stores().only("node").status(next))
        .allMatch(o -> is(o, TrustResult.Kind.NOT_TRUSTED));
  }
}
