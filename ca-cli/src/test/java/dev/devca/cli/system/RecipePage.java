package dev.devca.cli.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code docs/recipes.md} tells a reader to type and to put into files. */
final class RecipePage {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?m)(?:^<!-- (\\w+): (\\S+) -->\n)?^```(\\w+)\n((?s).*?)^```$", Pattern.UNIX_LINES);
  private static final Pattern ADDRESS =
      Pattern.compile("(localhost|172\\.16\\.99\\.32)(?::| port=)([0-9]{4})");

  private final String text;

  private RecipePage(String text) {
    this.text = text;
  }

  static RecipePage read() throws IOException {
    Path page = Path.of(System.getProperty("devca.root"), "docs", "recipes.md");
    return new RecipePage(Files.readString(page));
  }

  /**
   * A fenced block.
   *
   * @param mark what the comment above says that it is, such as {@code file}; empty if there is
   *     none
   * @param name of which file or image
   * @param language after the fence
   * @param text the lines
   */
  record Block(String mark, String name, String language, String text) {

    /** What is typed, each with what is printed after it. */
    List<Step> steps() {
      List<Step> steps = new ArrayList<>();
      text.lines()
          .forEach(
              line -> {
                if (line.startsWith("$ ")) {
                  steps.add(new Step(line.substring(2), new ArrayList<>()));
                } else if (!line.isBlank()) {
                  steps.get(steps.size() - 1).printed().add(line.strip());
                }
              });
      return steps;
    }
  }

  /** A command, and parts of lines that it prints. */
  record Step(String command, List<String> printed) {}

  /** The text under a heading, up to the next. */
  String section(String heading) {
    String found = Pattern.compile("(?m)^#+ " + Pattern.quote(heading) + "$").split(text, -1)[1];
    return Pattern.compile("(?m)^##+ ").split(found, -1)[0];
  }

  static List<Block> blocks(String section) {
    return BLOCK
        .matcher(section)
        .results()
        .map(b -> new Block(or(b, 1), or(b, 2), b.group(3), b.group(4)))
        .toList();
  }

  private static String or(MatchResult block, int group) {
    return block.group(group) == null ? "" : block.group(group);
  }

  /** The addresses at which the servers of a section listen, as {@code host/port}. */
  static String[] addresses(String section) {
    Stream<String> all = ADDRESS.matcher(section).results().map(a -> a.group(1) + "/" + a.group(2));
    // Where a browser's page comes from, which no server of a recipe serves.
    return all.filter(address -> !address.endsWith("/8000")).distinct().toArray(String[]::new);
  }
}
