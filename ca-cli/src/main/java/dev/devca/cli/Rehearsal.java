package dev.devca.cli;

import dev.devca.truststore.Host;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What people do most, done once in a folder of its own, so that the JVM which does it can keep the
 * classes that it takes. Reads nothing of the user's and changes nothing of the machine's.
 */
final class Rehearsal {
  /** The argument for what {@code issue} takes, and no more. */
  static final String ISSUE = "issue";

  private Rehearsal() {}

  /**
   * Runs it.
   *
   * @param args a folder to work in, which is left as it was; and how much is rehearsed
   */
  public static void main(String[] args) throws IOException, ClassNotFoundException {
    // Where one class is missing in the archive, the JVM opens the jar, which takes longer still.
    // These are not met here.
    for (Class<?> met : List.of(Main.class, StandardOutput.class)) {
      Class.forName(met.getName());
    }
    Map<String, String> unused = Map.copyOf(System.getenv());
    Path home = Files.createDirectory(Path.of(args[0], "home"));
    try {
      issue(home);
      if (!ISSUE.equals(args[1])) {
        stores(home);
      }
    } finally {
      delete(home);
    }
  }

  private static void issue(Path home) throws IOException {
    String file = home.resolve("leaf").toString();
    List<String> issue =
        List.of("issue", "a.test", "127.0.0.1", "--cert-file", file, "--key-file", file + "-key");
    // The second time there is a CA, and files to replace.
    run(home, issue);
    run(home, issue);
    batch(home);
    // As main makes it.
    new Devca(System.getenv(), quiet()).run(List.of("--version"));
    run(home, List.of("--help"));
    run(home, List.of("root"));
  }

  private static void batch(Path home) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("b.test", "c.test")) {
      String file = home.resolve(name).toString();
      lines.add(
          name + " --cert-file " + Shell.quote(file) + " --key-file " + Shell.quote(file + "-key"));
    }
    String list = Files.write(home.resolve("names"), lines).toString();
    run(home, List.of("issue", "--batch", list));
  }

  private static void stores(Path home) throws IOException {
    run(home, List.of("status"));
    // That a store does not trust it then is an answer too.
    String stores = String.join(",", madeStores(home));
    run(home, List.of("install", "--only", stores));
    run(home, List.of("status", "--only", stores));
    run(home, List.of("uninstall", "--only", stores));
  }

  /** Makes what these stores are found by, and a key store. */
  private static List<String> madeStores(Path home) throws IOException {
    Path cacerts = home.resolve("jdk/lib/security/cacerts");
    Files.createDirectories(cacerts.getParent());
    try (OutputStream out = Files.newOutputStream(cacerts)) {
      KeyStore empty = KeyStore.getInstance("PKCS12");
      empty.load(null, null);
      empty.store(out, "changeit".toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    List<String> stores = new ArrayList<>(List.of("java:" + cacerts));
    if (home.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Path database = Files.createDirectories(home.resolve(".pki/nssdb"));
      Path profiles = Files.createDirectories(home.resolve(".mozilla/firefox"));
      Path profile = Files.createDirectory(profiles.resolve("a"));
      Files.writeString(profiles.resolve("profiles.ini"), "[Profile0]\nIsRelative=1\nPath=a\n");
      for (Path each : List.of(database, profile)) {
        Files.writeString(each.resolve("cert9.db"), "SQLite format 3\0");
      }
      for (String program : List.of("certutil", "node", "python3")) {
        Files.writeString(home.resolve(program), "#!/bin/sh\n");
        Files.setPosixFilePermissions(
            home.resolve(program), PosixFilePermissions.fromString("rwx------"));
      }
      stores.addAll(List.of("nss:" + database, "node", "python"));
    }
    return stores;
  }

  private static void run(Path home, List<String> words) {
    Map<String, String> environment =
        Map.of(
            "HOME", home.toString(),
            "LOCALAPPDATA", home.toString(),
            "PATH", home.toString(),
            "JAVA_HOME", home.resolve("jdk").toString());
    // Root's notes lie outside of any home.
    UnaryOperator<Host> machine = host -> host.withStateDirectory(home.resolve("state"));
    int code = new Devca(environment, quiet(), machine).run(words);
    if (code != ExitCode.DONE && code != ExitCode.IN_PART) {
      throw new IllegalStateException(new ArrayList<>(words) + " ended with " + code);
    }
  }

  private static Console quiet() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Console(new ByteArrayInputStream(new byte[0]), nowhere, nowhere);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
