package dev.devca.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What people do most, done once in a folder of its own, so that the JVM which does it can keep the
 * classes that it takes. Reads nothing of the user's and changes nothing of the machine's.
 */
final class Rehearsal {
  private Rehearsal() {}

  /**
   * Runs it.
   *
   * @param args a folder to work in, which is left as it was
   */
  public static void main(String[] args) throws IOException {
    Path home = Files.createDirectory(Path.of(args[0], "home"));
    Map<String, String> environment =
        Map.of("HOME", home.toString(), "LOCALAPPDATA", home.toString());
    try {
      String file = home.resolve("leaf").toString();
      List<String> issue =
          List.of("issue", "a.test", "127.0.0.1", "--cert-file", file, "--key-file", file + "-key");
      // The second time there is a CA, and files to replace.
      run(environment, issue);
      run(environment, issue);
      run(environment, List.of("--version"));
      run(environment, List.of("--help"));
    } finally {
      delete(home);
    }
  }

  private static void run(Map<String, String> environment, List<String> words) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Console console = new Console(new ByteArrayInputStream(new byte[0]), nowhere, nowhere);
    int code = new Devca(environment, console).run(words);
    if (code != ExitCode.DONE) {
      throw new IllegalStateException(new ArrayList<>(words) + " ended with " + code);
    }
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
