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
  public static void main(String[] args) throws IOException, ClassNotFoundException {
    // Where one class is missing in the archive, the JVM opens the jar, which takes longer still.
    // These are not met here: a certificate of names alone would lie in the current folder.
    for (Class<?> met : List.of(Main.class, PlainArguments.class)) {
      Class.forName(met.getName());
    }
    Path home = Files.createDirectory(Path.of(args[0], "home"));
    Map<String, String> environment =
        Map.of("HOME", home.toString(), "LOCALAPPDATA", home.toString(), "PATH", home.toString());
    try {
      String file = home.resolve("leaf").toString();
      List<String> issue =
          List.of("issue", "a.test", "127.0.0.1", "--cert-file", file, "--key-file", file + "-key");
      // The second time there is a CA, and files to replace.
      run(environment, issue);
      run(environment, issue);
      run(environment, List.of("--version"));
      run(environment, List.of("--help"));
      // With picocli and the report of the stores. That nothing is trusted is an answer too.
      run(environment, List.of("status", "--only", "java"));
      run(environment, List.of("root"));
    } finally {
      delete(home);
    }
  }

  private static void run(Map<String, String> environment, List<String> words) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Console console = new Console(new ByteArrayInputStream(new byte[0]), nowhere, nowhere);
    int code = new Devca(environment, console).run(words);
    if (code != ExitCode.DONE && code != ExitCode.IN_PART) {
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
