package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(names = {"LINUX", "MAC"})
class NodeExtraCaStoreTest extends TrustStoreContract {
  private static final String BEGIN = "# >>> devca >>>\n";
  private static final String END = "# <<< devca <<<\n";
  private static final String NEW_TERMINAL = "open a new terminal, or run: eval \"$(devca env)\"";

  @Parameter OperatingSystem os;

  private final X509Certificate corporate = TestRoots.create();
  private FakeHost machine;
  private Path home;
  private Path pem;

  @BeforeEach
  void putNodeInPlace() {
    machine = new FakeHost(os);
    machine.file("/bin/bash", "");
    machine.file("/usr/bin/node", "");
    home = machine.home();
    pem = NodeExtraCaStore.file(machine.host()).orElseThrow();
  }

  @Override
  FakeHost machine() {
    return machine;
  }

  @Override
  TrustStore store() {
    return new NodeProvider().discover(machine.host()).get(0);
  }

  @Test
  void install_freshHome_writesOneFileAndTwoProfiles() throws IOException {
    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(true, NEW_TERMINAL));

    assertThat(certificates()).containsExactly(root);
    assertThat(mode(pem)).isEqualTo("rw-r--r--");
    assertThat(mode(pem.getParent())).isEqualTo("rwx------");
    assertThat(blocks()).containsExactly(".bashrc", ".profile");
    assertThat(text(".profile"))
        .startsWith(BEGIN)
        .endsWith(END)
        .contains("devca uninstall")
        .contains(
            "if [ -r '" + pem + "' ]; then\n  export NODE_EXTRA_CA_CERTS='" + pem + "'\nfi\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'',                             .bashrc .profile",
    ".profile,                       .bashrc .profile",
    ".bashrc .bash_logout,           .bashrc .profile",
    ".bash_profile,                  .bash_profile .bashrc",
    ".bash_login,                    .bash_login .bashrc",
    ".profile .bash_login,           .bash_login .bashrc",
    ".profile .bash_profile .bash_login, .bash_profile .bashrc"
  })
  void install_profilesThatAreThere_setsThoseThatShellsRead(String there, String expected) {
    words(there).forEach(name -> profile(name, "umask 022\n"));

    store().install(root);

    assertThat(blocks()).containsExactlyElementsOf(words(expected));
    assertThat(store().status(root)).isEqualTo(new TrustResult.Trusted(false));
  }

  @Test
  void install_withoutBash_makesNoBashrc() throws IOException {
    Files.delete(machine.files.getPath("/bin/bash"));

    store().install(root);

    assertThat(blocks()).containsExactly(".profile");
    assertThat(home.resolve(".bashrc")).doesNotExist();
    profile(".bashrc", "umask 022\n");
    assertThat(store().status(root).kind()).isEqualTo(TrustResult.Kind.NOT_TRUSTED);
  }

  @Test
  void install_profilesAreLinks_changesWhatTheyLeadTo() throws IOException {
    Path dotfile = machine.file(home + "/dotfiles/bashrc", "[ -z \"$PS1\" ] && return\n");
    for (String name : List.of(".bashrc", ".bash_profile")) {
      Files.createSymbolicLink(home.resolve(name), machine.files.getPath("dotfiles", "bashrc"));
    }
    Map<String, List<Byte>> before = machine.snapshot();

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);

    assertThat(home.resolve(".bashrc")).isSymbolicLink();
    assertThat(Files.readString(dotfile)).startsWith(BEGIN).containsOnlyOnce(BEGIN);
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_blockTakenOutByHand_putsItBack() {
    store().install(root);
    profile(".bashrc", "");
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(true, NEW_TERMINAL));

    assertThat(blocks()).containsExactly(".bashrc", ".profile");
  }

  @Test
  void install_newProfileHidesTheOldOne_setsItToo() {
    store().install(root);
    profile(".bash_profile", "");
    assertThat(store().status(root).kind()).isEqualTo(TrustResult.Kind.NOT_TRUSTED);

    store().install(root);
    assertThat(store().status(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    store().uninstall(root);

    assertThat(blocks()).isEmpty();
    assertThat(home.resolve(".bash_profile")).isEmptyFile();
    assertThat(home.resolve(".profile")).doesNotExist();
  }

  @Test
  void install_fileDamagedByOthers_isWrittenAnew() throws IOException {
    store().install(root);
    Files.writeString(pem, Files.readString(pem) + "-----BEGIN CERTIFICATE-----\nx\n");
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);

    assertThat(certificates()).containsExactly(root);
  }

  @Test
  void install_variableNamesTheUsersFile_takesItsCertificatesIn() throws IOException {
    Path own = machine.file("/etc/corp\nca.pem", "# text\n" + Pem.encode(corporate));
    machine.environment.put("NODE_EXTRA_CA_CERTS", own.toString());
    store().install(root);
    assertThat(certificates()).containsExactly(corporate, root);

    // A new terminal names our file; the user's own is remembered.
    machine.environment.put("NODE_EXTRA_CA_CERTS", pem.toString());
    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(false));
    store().install(other);
    assertThat(certificates()).containsExactly(corporate, root, other);
    store().uninstall(root);
    assertThat(certificates()).containsExactly(corporate, other);
  }

  @Test
  void install_usersFileChanged_isMergedAnew() throws IOException {
    Path own = machine.file("/etc/corp.pem", Pem.encode(corporate));
    machine.environment.put("NODE_EXTRA_CA_CERTS", own.toString());
    store().install(root);
    X509Certificate renewed = TestRoots.create();
    Files.writeString(own, Pem.encode(renewed) + Pem.encode(root));

    assertThat(store().status(root))
        .isEqualTo(new TrustResult.Trusted(false, "/etc/corp.pem has changed: run devca install"));
    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(true, NEW_TERMINAL));

    assertThat(certificates()).containsExactly(renewed, root);
    assertThat(store().status(root)).isEqualTo(new TrustResult.Trusted(false));
  }

  @Test
  void install_variableNamesAThirdFile_thatIsTheNewerWish() throws IOException {
    X509Certificate third = TestRoots.create();
    machine.environment.put(
        "NODE_EXTRA_CA_CERTS", machine.file("/etc/corp.pem", Pem.encode(corporate)).toString());
    store().install(root);
    machine.environment.put(
        "NODE_EXTRA_CA_CERTS", machine.file("/etc/third.pem", Pem.encode(third)).toString());

    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(true, NEW_TERMINAL));

    assertThat(certificates()).containsExactly(third, root);
  }

  @Test
  void install_profileNamesTheUsersFile_mergesItAndStandsBelow() throws IOException {
    machine.file("/etc/corp.pem", Pem.encode(corporate));
    String own = "export NODE_EXTRA_CA_CERTS=/etc/corp.pem\n";
    profile(".bashrc", "[ -z \"$PS1\" ] && return\n" + own);

    store().install(root);

    assertThat(certificates()).containsExactly(corporate, root);
    assertThat(text(".bashrc")).containsSubsequence(own, BEGIN);
  }

  @ParameterizedTest
  @CsvSource({
    "missing,   cannot read /etc/corp.pem: no such file or directory",
    "directory, cannot read /etc/corp.pem: it is a directory",
    "empty,     /etc/corp.pem has no PEM certificate",
    "der,       /etc/corp.pem has no PEM certificate",
    "malformed, '/etc/corp.pem has malformed certificates, which were left out'",
    "torn,      '/etc/corp.pem has malformed certificates, which were left out'"
  })
  void install_usersFileIsNoUse_worksAndSaysSo(String state, String problem) throws Exception {
    machine.environment.put("NODE_EXTRA_CA_CERTS", "/etc/corp.pem");
    String good = Pem.encode(corporate);
    switch (state) {
      case "directory" -> machine.directory("/etc/corp.pem");
      case "empty" -> machine.file("/etc/corp.pem", "");
      case "der" -> machine.file("/etc/corp.pem", corporate.getEncoded());
      case "malformed" -> machine.file("/etc/corp.pem", good.replace("MII", "M!I") + good);
      case "torn" -> machine.file("/etc/corp.pem", good + good.substring(0, 200));
      default -> {}
    }

    assertThat(store().install(root))
        .isEqualTo(new TrustResult.Trusted(true, NEW_TERMINAL + "; " + problem));
    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(false, problem));

    boolean some = state.equals("malformed") || state.equals("torn");
    assertThat(certificates())
        .containsExactlyElementsOf(some ? List.of(corporate, root) : List.of(root));
  }

  @Test
  void uninstall_othersWroteMeanwhile_takesOutOnlyOurBlock() throws IOException {
    profile(".profile", "umask 022");
    profile(".bashrc", "[ -z \"$PS1\" ] && return\r\nalias a=b\r\n");
    store().install(root);
    Path bashrc = home.resolve(".bashrc");
    Files.writeString(bashrc, "first\n" + Files.readString(bashrc) + "last");
    Path profile = home.resolve(".profile");
    Files.writeString(profile, Files.readString(profile) + "last\n");

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(text(".bashrc")).isEqualTo("first\n[ -z \"$PS1\" ] && return\r\nalias a=b\r\nlast");
    assertThat(text(".profile")).isEqualTo("umask 022\nlast\n");
    assertThat(pem.getParent()).doesNotExist();
  }

  @Test
  void uninstall_fileDeletedByOthers_takesTheBlocksOut() throws IOException {
    Map<String, List<Byte>> before = machine.snapshot();
    store().install(root);
    Files.delete(pem);
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_journalLost_takesOutWhatIsOurs() throws IOException {
    profile(".bashrc", "umask 022");
    store().install(root);
    Path journal = machine.host().stateDirectory().orElseThrow().resolve("journal");
    try (Stream<Path> entries = Files.list(journal)) {
      for (Path entry : entries.toList()) {
        Files.delete(entry);
      }
    }

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(text(".bashrc")).isEqualTo("umask 022");
    assertThat(text(".profile")).isEmpty();
    assertThat(pem).doesNotExist();
  }

  @Test
  void install_halfABlock_failsAndChangesNothing() {
    profile(".bashrc", "a\n" + BEGIN + "b\n");
    Map<String, List<Byte>> before = machine.snapshot();
    TrustResult half =
        new TrustResult.Failed(
            "cannot change "
                + home.resolve(".bashrc")
                + ": the block of devca at line 2 has no end",
            "delete the lines of that block, and run the same command again");

    assertThat(store().status(root)).isEqualTo(half);
    assertThat(store().install(root)).isEqualTo(half);

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_halfABlock_leavesItAndTakesOutTheRest() {
    store().install(root);
    profile(".bashrc", "a\n" + BEGIN + "b\n");

    assertThat(store().uninstall(root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed -> assertThat(failed.reason()).endsWith("line 2 has no end"));

    assertThat(text(".bashrc")).isEqualTo("a\n" + BEGIN + "b\n");
    assertThat(blocks()).containsExactly(".bashrc");
    assertThat(pem).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void install_secondProfileCannotBeChanged_takesEverythingBack(boolean hasOther)
      throws IOException {
    if (hasOther) {
      store().install(other);
      Files.delete(home.resolve(".bashrc"));
    }
    // A link behind which no file can be made.
    machine.file("/etc/file", "");
    Files.createSymbolicLink(
        home.resolve(".bashrc"), machine.files.getPath("/etc/file/impossible"));
    Map<String, List<Byte>> before = machine.snapshot();

    assertThat(store().install(root))
        .isInstanceOfSatisfying(
            TrustResult.Failed.class,
            failed -> {
              assertThat(failed.reason()).startsWith("cannot change " + home.resolve(".bashrc"));
              assertThat(failed.remedy())
                  .endsWith("[ ! -r '" + pem + "' ] || export NODE_EXTRA_CA_CERTS='" + pem + "'");
            });

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void install_lineAddedByHandWhereDevcaCannot_isEnough() {
    profile(".bashrc", "[ ! -r '" + pem + "' ] || export NODE_EXTRA_CA_CERTS='" + pem + "'\n");

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);

    assertThat(blocks()).containsExactly(".profile");
  }

  @Test
  void install_journalCannotBeWritten_failsAndChangesNothing() {
    Path state = machine.host().stateDirectory().orElseThrow();
    machine.file(state.toString(), "in the way");
    Map<String, List<Byte>> before = machine.snapshot();

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.FAILED);

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void everyOperation_profileCannotBeRead_isUnavailable() {
    machine.directory(home.resolve(".bashrc").toString());
    Map<String, List<Byte>> before = machine.snapshot();

    for (Operation operation : List.of(Operation.STATUS, Operation.INSTALL)) {
      assertThat(operation.apply(store(), root))
          .isEqualTo(
              new TrustResult.Unavailable(
                  "cannot read " + home.resolve(".bashrc") + ": it is a directory",
                  "mend that, and run the same command again"));
    }
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void everyOperation_noHome_isUnavailable() {
    machine.environment.remove("HOME");
    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store(), root))
          .isEqualTo(new TrustResult.Unavailable("no home is known: HOME is not set", "set HOME"));
    }

    machine.environment.put("HOME", "/nonexistent");
    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store(), root).kind()).isEqualTo(TrustResult.Kind.UNAVAILABLE);
    }
    assertThat(machine.files.getPath("/nonexistent")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".nvm/versions/node/v20/bin/node",
        ".volta/bin/node",
        ".local/share/fnm/x",
        ".asdf/installs/nodejs/x",
        ".local/share/mise/installs/node/x",
        "/opt/bun/bin/bun",
        "/usr/local/bin/deno",
        "/usr/bin/code",
        "/usr/bin/cursor",
        "/usr/local/bin/claude"
      })
  void install_anyProgramThatReadsTheVariable_isDone(String program) throws IOException {
    Files.delete(machine.files.getPath("/usr/bin/node"));
    machine.environment.put("PATH", "/opt/bun/bin");
    for (Operation operation : Operation.values()) {
      assertThat(operation.apply(store(), root).kind()).isEqualTo(TrustResult.Kind.ABSENT);
    }

    machine.file(home.resolve(program).toString(), "");

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
  }

  @Test
  void uninstall_nodeIsGone_takesOutWhatIsOurs() throws IOException {
    Map<String, List<Byte>> before = machine.snapshot();
    store().install(root);
    Path node = machine.files.getPath("/usr/bin/node");
    Files.delete(node);

    assertThat(store().status(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.ABSENT);
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(store().uninstall(root).kind()).isEqualTo(TrustResult.Kind.ABSENT);

    machine.file("/usr/bin/node", "");
    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void uninstall_throughTrustStores_leavesNothingBehind() throws IOException {
    Map<String, List<Byte>> before = machine.snapshot();
    TrustStores stores = TrustStores.on(machine.host()).only("node");
    stores.install(root);
    assertThat(TrustStores.installedRoots(machine.host())).containsExactly(root);

    assertThat(stores.uninstall(root))
        .extracting(Outcome::result)
        .containsExactly(new TrustResult.NotTrusted(true));

    assertThat(machine.snapshot()).isEqualTo(before);
  }

  @Test
  void rights_rootForAnotherUser_areThatUsers() {
    assertThat(store().rights()).isEqualTo(Rights.OWN);
    Host asRoot = machine.host().withUserId(0).withInvokingUser(1000);

    assertThat(new NodeProvider().discover(asRoot).get(0).rights()).isEqualTo(Rights.INVOKING_USER);
  }

  @Test
  void discover_onWindows_findsNone() {
    assertThat(new NodeProvider().discover(new FakeHost(OperatingSystem.WINDOWS).host())).isEmpty();
  }

  @Test
  void clientEnvironment_namesTheFileWhileItIsThere() {
    assertThat(ClientEnvironment.of(machine.host())).isEmpty();
    store().install(root);

    assertThat(ClientEnvironment.of(machine.host()))
        .containsExactly(Map.entry("NODE_EXTRA_CA_CERTS", pem.toString()));
  }

  private List<X509Certificate> certificates() throws IOException {
    return Pem.certificates(Files.readString(pem));
  }

  private void profile(String name, String content) {
    machine.file(home.resolve(name).toString(), content.getBytes(StandardCharsets.UTF_8));
  }

  private String text(String name) {
    try {
      return Files.readString(home.resolve(name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The profiles that have a block. */
  private Iterable<String> blocks() {
    TreeSet<String> names = new TreeSet<>();
    for (String name : List.of(".profile", ".bash_profile", ".bash_login", ".bashrc")) {
      if (Files.exists(home.resolve(name)) && text(name).contains(BEGIN)) {
        names.add(name);
      }
    }
    return names;
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
