package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/** The programs of NSS on this machine, called with nothing of ours. */
final class RealNss {
  private static final Path CERTUTIL = Path.of("/usr/bin/certutil");
  // Every row of every table; the files' bytes differ, since SQLite does not clear what it frees.
  private static final String DUMP =
      """
      import sqlite3, sys
      for name in sys.argv[1:]:
          db = sqlite3.connect('file:' + name.replace('%', '%25').replace('?', '%3f') + '?mode=ro', uri=True)
          for table, in db.execute("select name from sqlite_master where type='table' order by 1").fetchall():
              print(name, table, *sorted(map(repr, db.execute('select * from ' + table))), sep='\\n')
      """;

  private final Path scratch;
  private final CommandRunner commands =
      new ProcessRunner(Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin")));

  private RealNss(Path scratch) {
    this.scratch = scratch;
  }

  /** Skips the test where the programs are missing; on CI that is a failure. */
  static RealNss in(Path scratch) {
    if (!Files.isExecutable(CERTUTIL)) {
      String message = "certutil is missing: apt-get install libnss3-tools";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(message);
      }
      throw new TestAbortedException(message);
    }
    return new RealNss(scratch);
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

  String certutil(Path folder, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(CERTUTIL.toString()));
    all.addAll(Arrays.asList(arguments));
    all.addAll(List.of("-d", "sql:" + folder));
    CommandRunner.Result result = run(all.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.lastLine()).isZero();
    return result.text();
  }

  /** All rows of both files. */
  String rows(Path folder) throws IOException {
    CommandRunner.Result result =
        run(
            "/usr/bin/env",
            "python3",
            "-c",
            DUMP,
            folder.resolve("cert9.db").toString(),
            folder.resolve("key4.db").toString());
    assertThat(result.exitCode()).as(result.lastLine()).isZero();
    return result.text();
  }

  /** Whether a program that uses NSS takes the leaf for a server's. */
  boolean verifies(Path folder, Path leaf) throws IOException {
    CommandRunner.Result result =
        run("/usr/bin/vfychain", "-d", "sql:" + folder, "-pp", "-u", "1", "-a", leaf.toString());
    String said = result.text() + new String(result.errors(), StandardCharsets.UTF_8);
    assertThat(said).containsAnyOf("Chain is good!", "Peer's Certificate issuer is not recognized");
    return result.exitCode() == 0;
  }

  CommandRunner.Result run(String... command) throws IOException {
    return commands.run(CommandRunner.Command.of(command));
  }
}
