package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The certutil of this machine, on databases that it cannot read or change. */
class NssTroubleRealTest {
  // Where SQLite locks a file: https://www.sqlite.org/src/file/src/os.h, PENDING_BYTE and after.
  private static final long PENDING = 0x40000000L;
  private static final long RESERVED = PENDING + 1;
  private static final int NOBODY = 65534;

  // A terminal is there to ask on, though input and output are pipes.
  private static final String IN_TERMINAL =
      """
      import os, pty, sys
      streams = [os.dup(number) for number in range(3)]
      child, terminal = pty.fork()
      if child == 0:
          for number, stream in enumerate(streams):
              os.dup2(stream, number)
          os.execv(sys.argv[1], sys.argv[1:])
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      """;

  private final X509Certificate root = TestRoots.create();
  private @TempDir Path scratch;
  private RealNss nss;
  private Path folder;

  @BeforeEach
  void makeHome() throws IOException {
    nss = RealNss.in(scratch);
    folder = nss.profile();
  }

  private TrustStore store() {
    return nss.store(folder);
  }

  @Test
  void install_primaryPassword_leavesNothingAndTheRemedyWorks() throws IOException {
    Path password = nss.databaseWithPassword(folder);
    String rows = nss.rows(folder);

    TrustResult result = store().install(root);

    assertThat(result).isInstanceOf(TrustResult.Failed.class);
    assertThat(((TrustResult.Failed) result).reason()).contains("primary password");
    assertThat(nss.rows(folder)).isEqualTo(rows);

    // What a person types, who is asked for the password.
    nss.succeeding(
        "/bin/sh",
        "-c",
        "root=$1 password=$2; devca() { echo \"$root\"; };"
            + " certutil() { /usr/bin/certutil \"$@\" -f \"$password\"; }; "
            + ((TrustResult.Failed) result).remedy(),
        "sh",
        nss.pem(root).toString(),
        password.toString());
    assertThat(store().status(root)).isEqualTo(new TrustResult.Trusted(false));
    assertThat(store().uninstall(root)).isEqualTo(new TrustResult.NotTrusted(true));
    assertThat(nss.rows(folder)).isEqualTo(rows);
  }

  @Test
  void install_primaryPasswordAndTerminal_asksForNothing() throws IOException {
    nss.databaseWithPassword(folder);
    List<String> before = List.of("/usr/bin/python3", "-c", IN_TERMINAL);

    TrustResult result = nss.store(folder, behind(before)).install(root);

    assertThat(result.toString()).contains("primary password");
    assertThat(nss.list(folder)).isEmpty();
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
                  assertThat(unavailable.reason()).contains("its " + name + " is damaged");
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
      assumeThat(Files.isExecutable(Path.of("/usr/bin/setpriv")))
          .as("there is no setpriv: apt install util-linux")
          .isTrue();
      giveToNobody(scratch);
      String id = Integer.toString(NOBODY);
      commands =
          behind(List.of("/usr/bin/setpriv", "--reuid", id, "--regid", id, "--clear-groups"));
    }
    setMode(folder, "r-xr-xr-x", "r--r--r--");
    try {
      TrustResult result = nss.store(folder, commands).install(root);

      assertThat(result).isInstanceOf(TrustResult.Failed.class);
      assertThat(result.toString()).contains(isRoot ? "SEC_ERROR_READ_ONLY" : "chmod -R u+rwX ");
      assertThat(nss.rows(folder)).isEqualTo(rows);
    } finally {
      setMode(folder, "rwx------", "rw-------");
    }
  }

  private static void setMode(Path folder, String ofFolder, String ofFiles) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(ofFolder));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(ofFiles));
      }
    }
  }

  private static void giveToNobody(Path top) throws IOException {
    try (Stream<Path> paths = Files.walk(top)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.setAttribute(path, "unix:uid", NOBODY);
      }
    }
  }

  /** Runs each command as the arguments of another. */
  private CommandRunner behind(List<String> program) {
    return command -> {
      List<String> words = new ArrayList<>(program);
      words.addAll(command.arguments());
      return nss.commands().run(new CommandRunner.Command(words, command.input(), command.limit()));
    };
  }
}
