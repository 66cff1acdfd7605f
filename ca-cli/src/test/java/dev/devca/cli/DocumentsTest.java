package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents show works, and what the rules of the house say holds. */
class DocumentsTest {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
  // A longer file has a second role inside.
  private static final int MOST_LINES = 350;

  @TempDir Path work;

  private static String readme() throws IOException {
    return Files.readString(CHECKOUT.resolve("README.md"));
  }

  /** The blocks of a language in a Markdown text. */
  private static List<String> blocks(String markdown, String language) {
    List<String> blocks = new ArrayList<>();
    String begin = "```" + language + "\n";
    int at = 0;
    while ((at = markdown.indexOf(begin, at)) >= 0) {
      at += begin.length();
      blocks.add(markdown.substring(at, markdown.indexOf("```", at)));
    }
    return blocks;
  }

  @Test
  void readme_fiveLinesOfJava_compileAndRun() throws Exception {
    List<String> blocks = blocks(readme(), "java");
    assertThat(blocks).hasSize(1);
    Path source =
        Files.writeString(
            work.resolve("Snippet.java"),
            """
            import dev.devca.ca.*;
            import java.nio.file.Path;
            import javax.net.ssl.SSLContext;
            public class Snippet {
              public static Object[] run(Path directory) throws Exception {
            %s
                return new Object[] {server, client};
              }
            }
            """
                .formatted(blocks.get(0)));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                errors,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                work.toString(),
                source.toString());
    assertThat(code).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    Path folder = Files.createDirectory(work.resolve("ca"));

    try (URLClassLoader loader = new URLClassLoader(new URL[] {work.toUri().toURL()})) {
      Object[] contexts =
          (Object[]) loader.loadClass("Snippet").getMethod("run", Path.class).invoke(null, folder);
      assertThat(contexts).doesNotContainNull();
    }

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("rootCA.pem", "rootCA-key.pem", "localhost.pem", "localhost-key.pem");
    }
  }

  @Test
  void readme_commands_areThoseOfTheProgram() throws Exception {
    String readme = readme();

    for (Commands command : Commands.visible()) {
      assertThat(readme).contains("| `devca " + command.id());
    }
    assertThat(blocks(readme, "sh"))
        .containsExactly(
            "mvn -q -DskipTests package && ca-cli/target/devca/bin/devca install\n",
            "mvn verify\n");
  }

  @Test
  void sources_eachFile_hasOneRole() throws Exception {
    List<String> tooLong = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CHECKOUT)) {
      for (Path file :
          (Iterable<Path>)
              files.filter(f -> f.toString().endsWith(".java")).filter(f -> !isBuilt(f))
                  ::iterator) {
        try (Stream<String> lines = Files.lines(file)) {
          if (lines.count() > MOST_LINES) {
            tooLong.add(CHECKOUT.relativize(file).toString());
          }
        }
      }
    }

    assertThat(tooLong).isEmpty();
  }

  private static boolean isBuilt(Path file) {
    return CHECKOUT.relativize(file).toString().contains("target/");
  }
}
