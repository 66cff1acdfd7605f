package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/** A home of its own, and the programs of NSS on this machine, called with nothing of ours. */
final class RealNss {
  private static final String CERTUTIL = "/usr/bin/certutil";
  // Every row of every table; the files' bytes differ, since SQLite does not clear what it frees.
  private static final String DUMP =
      """
      import sqlite3, sys
      for name in sys.argv[1:]:
          db = sqlite3.connect(name)
          tables = "select name from sqlite_master where type = 'table' order by name"
          for table, in db.execute(tables).fetchall():
              print(name, table)
              print(*sorted(map(repr, db.execute('select * from ' + table))), sep='\\n')
      """;

  private final Path scratch;
  private final CommandRunner commands =
      new ProcessRunner(Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin")));

  /** The home whose databases the store is found among. */
  final Path home;

  private RealNss(Path scratch) throws IOException {
    this.scratch = scratch;
    this.home = Files.createDirectory(scratch.resolve("home"));
  }

  /** Skips the test where the programs are missing; on CI that is a failure. */
  static RealNss in(Path scratch) throws IOException {
    for (String program : List.of(CERTUTIL, "/usr/bin/vfychain", "/usr/bin/python3")) {
      if (!Files.isExecutable(Path.of(program))) {
        String message = program + " is missing: apt-get install libnss3-tools python3";
        if ("true".equals(System.getenv("CI"))) {
          throw new AssertionError(message);
        }
        throw new TestAbortedException(message);
      }
    }
    return new RealNss(scratch);
  }

  /** The folder of a Firefox profile whose name must be quoted wherever it is. */
  Path profile() {
    return home.resolve(".mozilla/firefox/ab12.it's \"my\" profile, {1}");
  }

  TrustStore store(Path folder) {
    return store(folder, commands);
  }

  TrustStore store(Path folder, CommandRunner runner) {
    String path = scratch.resolve("bin") + ":/usr/bin:/bin";
    Host host =
        Host.of(
            OperatingSystem.LINUX,
            FileSystems.getDefault(),
            Map.of("HOME", home.toString(), "PATH", path),
            runner);
    return new NssProvider()
        .discover(host).stream()
            .filter(store -> store.id().equals("nss:" + folder))
            .findFirst()
            .orElseThrow();
  }

  /** Puts an empty program on the PATH of the store's host. */
  void program(String name) throws IOException {
    Path program = Files.createDirectories(scratch.resolve("bin")).resolve(name);
    Files.createFile(program);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  CommandRunner commands() {
    return commands;
  }

  void database(Path folder) throws IOException {
    Files.createDirectories(folder);
    certutil(folder, "-N", "--empty-password");
  }

  /** A database with a primary password; answers the file that holds it. */
  Path databaseWithPassword(Path folder) throws IOException {
    Path password = Files.writeString(scratch.resolve("password"), "pass word 1\n");
    Files.createDirectories(folder);
    certutil(folder, "-N", "-f", password.toString());
    return password;
  }

  void add(Path folder, String nickname, String flags, X509Certificate certificate)
      throws IOException {
    certutil(folder, "-A", "-n", nickname, "-t", flags, "-a", "-i", pem(certificate).toString());
  }

  /** A certificate with its private key. */
  void addWithKey(Path folder, String nickname) throws IOException {
    Path noise = Files.writeString(scratch.resolve("noise"), "0123456789".repeat(10));
    List<String> key = List.of("-k", "ec", "-q", "nistp256", "-z", noise.toString());
    List<String> all = new ArrayList<>(List.of("-S", "-n", nickname, "-s", "CN=me", "-x"));
    all.addAll(List.of("-t", ",,"));
    all.addAll(key);
    certutil(folder, all.toArray(String[]::new));
  }

  Path pem(X509Certificate certificate) throws IOException {
    return Files.writeString(
        scratch.resolve(certificate.getSerialNumber().toString(16) + ".pem"),
        Pem.encode(certificate));
  }

  /** What certutil lists, nickname and flags, in order. */
  List<String> list(Path folder) throws IOException {
    return certutil(folder, "-L")
        .lines()
        .skip(4)
        .map(line -> line.replaceAll(" +", " ").strip())
        .toList();
  }

  private String certutil(Path folder, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(CERTUTIL));
    all.addAll(Arrays.asList(arguments));
    all.addAll(List.of("-d", "sql:" + folder));
    return succeeding(all.toArray(String[]::new));
  }

  /** All rows of both files. */
  String rows(Path folder) throws IOException {
    String certificates = folder.resolve("cert9.db").toString();
    String keys = folder.resolve("key4.db").toString();
    return succeeding("/usr/bin/python3", "-c", DUMP, certificates, keys);
  }

  /** Whether a program that uses NSS takes the leaf for a server's. */
  boolean verifies(Path folder, Path leaf) throws IOException {
    CommandRunner.Result result =
        run("/usr/bin/vfychain", "-d", "sql:" + folder, "-pp", "-u", "1", "-a", leaf.toString());
    String said = result.text() + new String(result.errors(), StandardCharsets.UTF_8);
    assertThat(said).containsAnyOf("Chain is good!", "Peer's Certificate issuer is not recognized");
    return result.exitCode() == 0;
  }

  String succeeding(String... command) throws IOException {
    CommandRunner.Result result = run(command);
    assertThat(result.exitCode()).as(result.lastLine()).isZero();
    return result.text();
  }

  private CommandRunner.Result run(String... command) throws IOException {
    return commands.run(CommandRunner.Command.of(command));
  }
}
