package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.devca.ca.CaOptions;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.Fingerprint;
import dev.devca.ca.IssuedCertificate;
import dev.devca.ca.LeafRequest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The certutil of this machine, on databases of its own. */
class NssStoreRealTest {
  // Where SQLite locks a file: https://www.sqlite.org/src/file/src/os.h, PENDING_BYTE and after.
  private static final long PENDING = 0x40000000L;
  private static final long RESERVED = PENDING + 1;
  private static final String NOBODY = "65534";

  private final CertificateAuthority ca = CertificateAuthority.inMemory(CaOptions.defaults());
  private final X509Certificate root = ca.rootCertificate();
  private final X509Certificate other = TestRoots.create();
  private final Map<String, String> environment = new HashMap<>();
  private @TempDir Path scratch;
  private RealNss nss;
  private Path home;
  private Path folder;

  @BeforeEach
  void makeHome() throws IOException {
    nss = RealNss.in(scratch);
    home = Files.createDirectory(scratch.resolve("home"));
    folder = home.resolve(".mozilla/firefox/ab12.it's \"my\" profile, {1}");
    environment.put("HOME", home.toString());
    environment.put("PATH", "/usr/bin:/bin");
  }

  @Test
  void install_newDatabase_serverIsTrustedUntilUninstall() throws IOException {
    nss.database(folder);
    assertRoundTrip();
  }

  @Test
  void install_databaseWithOthersAndKeys_keepsThem() throws IOException {
    nss.database(folder);
    nss.add(folder, "theirs", "CT,C,C", other);
    nss.add(folder, "an, odd,, name", ",,", TestRoots.create());
    nss.certutil(
        folder,
        "-S",
        "-n",
        "me",
        "-s",
        "CN=me",
        "-x",
        "-t",
        ",,",
        "-k",
        "ec",
        "-q",
        "nistp256",
        "-z",
        Files.writeString(scratch.resolve("noise"), "0123456789".repeat(10)).toString());

    assertRoundTrip();

    assertThat(nss.list(folder)).contains("theirs CT,C,C", "an, odd,, name ,,", "me u,u,u");
  }

  private void assertRoundTrip() throws IOException {
    IssuedCertificate issued = ca.issue(LeafRequest.forNames("localhost"));
    Path leaf = scratch.resolve("leaf.pem");
    issued.writePem(leaf, scratch.resolve("leaf-key.pem"));
    String rows = nss.rows(folder);
    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(nss.verifies(folder, leaf)).isFalse();

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(store().status(root)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(nss.verifies(folder, leaf)).isTrue();
    assertThat(nss.list(folder)).contains(nickname(root) + " C,,");
    String installed = nss.rows(folder);
    assertThat(store().install(root)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(nss.rows(folder)).isEqualTo(installed);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(nss.verifies(folder, leaf)).isFalse();
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(nss.rows(folder)).isEqualTo(rows);
    assertThat(home.resolve(".local")).doesNotExist();
  }

  @Test
  void uninstall_ofOneOfTwoRootsOfOneName_keepsTheOther() throws IOException {
    nss.database(folder);
    String rows = nss.rows(folder);
    X509Certificate first = named("Same");
    X509Certificate second = named("Same");
    store().install(first);
    store().install(second);

    assertThat(store().uninstall(first)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(store().status(second)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(store().uninstall(second)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(nss.rows(folder)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mine|,,|mine C,,",
        "with:colon|,,|NSS Certificate DB:with:colon C,,",
        "mine|T,C,|mine CT,C,",
        "mine|p,,|mine C,,",
        "mine|c,c,c|mine C,c,c",
      })
  void install_rootUntrustedUnderForeignNickname_getsItsFlagsBack(
      String nickname, String flags, String now) throws IOException {
    nss.database(folder);
    nss.add(folder, nickname, flags, root);
    List<String> before = nss.list(folder);

    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(nss.list(folder)).containsExactly(now);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(nss.list(folder)).isEqualTo(before);
    assertThat(home.resolve(".local")).doesNotExist();
  }

  @Test
  void install_ourNicknameWithoutTrust_isMended() throws IOException {
    nss.database(folder);
    String rows = nss.rows(folder);
    nss.add(folder, nickname(root), ",,", root);

    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));

    assertThat(nss.rows(folder)).isEqualTo(rows);
  }

  @Test
  void everyOperation_othersOfOneName_areNotMistakenForTheRoot() throws IOException {
    nss.database(folder);
    X509Certificate first = named("Same");
    nss.add(folder, "same", ",,", named("Same"));
    nss.add(folder, "same", "C,,", first);

    assertThat(store().status(first).kind()).isEqualTo(TrustResult.Kind.UNAVAILABLE);
    assertThat(store().install(first).kind()).isEqualTo(TrustResult.Kind.UNAVAILABLE);
    assertThat(store().uninstall(first).kind()).isEqualTo(TrustResult.Kind.UNAVAILABLE);
  }

  @Test
  void install_primaryPassword_leavesNothingAndTheRemedyWorks() throws IOException {
    Path password = nss.databaseWithPassword(folder);
    String rows = nss.rows(folder);

    TrustResult result = store().install(root);

    assertThat(result).isInstanceOf(TrustResult.Failed.class);
    assertThat(((TrustResult.Failed) result).reason()).contains("primary password");
    assertThat(nss.rows(folder)).isEqualTo(rows);

    CommandRunner.Result byHand =
        nss.run(
            "/bin/sh",
            "-c",
            "devca() { echo \"$2\"; }; certutil() { /usr/bin/certutil \"$@\" -f \"$3\"; };"
                    .replace("$2", nss.pem(root).toString())
                    .replace("$3", password.toString())
                + ((TrustResult.Failed) result).remedy());
    assertThat(byHand.exitCode()).as(byHand.lastLine()).isZero();
    assertThat(store().status(root)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(nss.rows(folder)).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cert9.db", "key4.db"})
  void everyOperation_damagedFile_isUnavailableAndLeavesItAlone(String name) throws IOException {
    nss.database(folder);
    Path file = folder.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 50, 3000, whole.length / 2}) {
      byte[] damaged = Arrays.copyOf(whole, length);
      Files.write(file, damaged);
      for (Operation operation : Operation.values()) {
        assertThat(operation.apply(store(), root))
            .as(operation + " on " + length)
            .isInstanceOfSatisfying(
                TrustResult.Unavailable.class,
                unavailable -> {
                  assertThat(unavailable.reason()).contains(file + " is damaged");
                  assertThat(unavailable.remedy()).contains("mv ");
                });
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }
  }

  @Test
  void everyOperation_databaseLocked_answersAndWorksAfterwards() throws IOException {
    nss.database(folder);
    String rows = nss.rows(folder);
    Path file = folder.resolve("cert9.db");

    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      try (FileLock writer = channel.lock(RESERVED, 1, false)) {
        assertThat(writer.isValid()).isTrue();
        assertInUse(store().install(root), TrustResult.Kind.FAILED);
      }
      try (FileLock everything = channel.lock(PENDING, 512, false)) {
        assertThat(everything.isValid()).isTrue();
        assertInUse(store().install(root), TrustResult.Kind.UNAVAILABLE);
      }
    }

    assertThat(nss.rows(folder)).isEqualTo(rows);
    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
  }

  private static void assertInUse(TrustResult result, TrustResult.Kind kind) {
    assertThat(result.kind()).as(result.toString()).isEqualTo(kind);
    assertThat(result.toString()).contains("another program is using it", "close Firefox");
  }

  @Test
  void install_readOnlyFolder_failsAndChangesNothing() throws IOException {
    nss.database(folder);
    String rows = nss.rows(folder);
    CommandRunner commands = nss.commands();
    boolean isRoot = ProcessUser.id(OperatingSystem.LINUX) == 0;
    if (isRoot) {
      // Modes do not stop root: so that they do, certutil is another user.
      assumeThat(Files.isExecutable(Path.of("/usr/bin/setpriv"))).isTrue();
      makeOwner(scratch, NOBODY);
      commands = asNobody(commands);
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
      }
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      TrustResult result = store(commands).install(root);

      assertThat(result).isInstanceOf(TrustResult.Failed.class);
      if (!isRoot) {
        assertThat(((TrustResult.Failed) result).reason()).contains("you may not write to");
        assertThat(((TrustResult.Failed) result).remedy()).startsWith("chmod -R u+rwX ");
      }
      assertThat(nss.rows(folder)).isEqualTo(rows);
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static void makeOwner(Path top, String user) throws IOException {
    try (Stream<Path> paths = Files.walk(top)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.setAttribute(path, "unix:uid", Integer.valueOf(user));
      }
    }
  }

  private static CommandRunner asNobody(CommandRunner commands) {
    return command -> {
      List<String> words =
          new ArrayList<>(
              List.of("/usr/bin/setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
      words.addAll(command.arguments());
      return commands.run(new CommandRunner.Command(words, command.input(), command.limit()));
    };
  }

  @Test
  void install_chromiumNeverRun_makesItsDatabaseUntilUninstall() throws IOException {
    Path programs = Files.createDirectory(scratch.resolve("bin"));
    Path chromium = Files.writeString(programs.resolve("chromium"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(chromium, PosixFilePermissions.fromString("rwxr-xr-x"));
    environment.put("PATH", programs + ":/usr/bin:/bin");
    folder = home.resolve(".local/share/pki/nssdb");

    assertThat(store().status(root)).isEqualTo(new TrustResult.NotTrusted(false));
    assertThat(store().install(root).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(store().install(other).kind()).isEqualTo(TrustResult.Kind.TRUSTED);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(nss.list(folder)).hasSize(2);

    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(nss.list(folder)).hasSize(1);
    assertThat(store().uninstall(other)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(home).isEmptyDirectory();
  }

  private TrustStore store() {
    return store(nss.commands());
  }

  private TrustStore store(CommandRunner commands) {
    Host host = Host.of(OperatingSystem.LINUX, FileSystems.getDefault(), environment, commands);
    return new NssProvider()
        .discover(host).stream()
            .filter(store -> store.id().equals("nss:" + folder))
            .findFirst()
            .orElseThrow();
  }

  private static String nickname(X509Certificate root) {
    return "devca " + Fingerprint.of(root).shortHex();
  }

  private static X509Certificate named(String name) {
    return CertificateAuthority.inMemory(CaOptions.defaults().withCommonName(name))
        .rootCertificate();
  }
}
