package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start of the command line pays for reading names, in a JVM of its own. */
class NameParserClassesTest {
  @TempDir Path folder;

  /** The program of that JVM. */
  static final class Parse {
    private Parse() {}

    public static void main(String[] names) {
      NameParser.parse(List.of(names), false);
    }
  }

  @Test
  void parse_plainNames_loadNoCostlyClass() throws Exception {
    assertThat(classesLoadedBy("app.test", "*.app.test", "127.0.0.1"))
        .contains(DnsNames.class.getName())
        .noneMatch(name -> name.startsWith("java.util.regex"))
        .doesNotContain("java.net.IDN", "java.util.Formatter", "java.text.Normalizer");
  }

  private static Path folderOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private List<String> classesLoadedBy(String... names) throws Exception {
    Path log = folder.resolve("classes");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xlog:class+load:file=" + log + ":none");
    command.add("-cp");
    command.add(folderOf(NameParser.class) + File.pathSeparator + folderOf(Parse.class));
    command.add(Parse.class.getName());
    command.addAll(List.of(names));
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isZero();
    return Files.readAllLines(log).stream().map(line -> line.split(" ", 2)[0]).toList();
  }
}
