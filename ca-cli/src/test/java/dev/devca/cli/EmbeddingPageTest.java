package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The code of docs/embedding.md is that of files which the build compiles and runs. Above each
 * block a comment names the file and the region of it, between marks as those of JEP 413.
 */
class EmbeddingPageTest {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern BLOCK =
      Pattern.compile("<!-- (\\S+)#(\\w+) -->\n```\\w+\n(.*?)```", Pattern.DOTALL);

  private static String page() throws IOException {
    return Files.readString(CHECKOUT.resolve("docs/embedding.md"));
  }

  static List<MatchResult> blocks() throws IOException {
    return BLOCK.matcher(page()).results().toList();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void block_ofThePage_isThatOfTheFile(MatchResult block) throws Exception {
    List<String> lines = Files.readAllLines(CHECKOUT.resolve(block.group(1)));

    assertThat(block.group(3)).isEqualTo(region(lines, block.group(2)));
  }

  @Test
  void page_everyBlockOfCode_namesItsFile() throws Exception {
    long code =
        page().lines().filter(line -> line.matches("```(java|xml|groovy|properties)")).count();

    assertThat(blocks()).hasSizeGreaterThan(5).hasSize((int) code);
  }

  @Test
  void page_examples_areAllThere() throws Exception {
    String page = page();
    try (Stream<Path> examples = Files.list(CHECKOUT.resolve("examples"))) {
      assertThat(examples.filter(Files::isDirectory).filter(e -> !e.endsWith("target")))
          .hasSizeGreaterThan(3)
          .allMatch(example -> page.contains("](../examples/" + example.getFileName() + ")"));
    }
  }

  private static String region(List<String> lines, String name) {
    String text =
        String.join(
            "\n",
            lines.stream()
                .dropWhile(line -> !line.contains("@start region=\"" + name + "\""))
                .skip(1)
                .takeWhile(line -> !line.contains("@end"))
                .filter(line -> !line.contains("@start region="))
                .toList());
    return text.stripTrailing().stripIndent() + "\n";
  }
}
