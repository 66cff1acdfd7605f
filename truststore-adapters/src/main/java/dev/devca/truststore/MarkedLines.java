package dev.devca.truststore;

import dev.devca.ca.CaException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * A start file, taken apart into what is ours and what is not.
 *
 * @param lines the lines of others
 * @param places before which of them a block of ours stood
 * @param blocks the texts between the marks
 * @param settings what is understood of the blocks: by variable, the lines that set it
 */
record MarkedLines(
    List<String> lines, List<Integer> places, List<String> blocks, Map<String, String> settings) {
  /** Stands in a block that had to end the line of others above it. */
  static final String JOINED = "# (The line above had no line end.)\n";

  private static final String BEGIN = "# >>> devca >>>";
  private static final String END = "# <<< devca <<<";

  static MarkedLines parse(byte[] content, Dialect dialect) throws CaException {
    List<String> others = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    List<String> blocks = new ArrayList<>();
    List<String> lines = ShellLines.split(ShellLines.decode(content));
    int begin = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (isMark(line, BEGIN) && begin < 0) {
        begin = i;
      } else if (isMark(line, BEGIN)) {
        throw half(begin, "has no end");
      } else if (isMark(line, END) && begin < 0) {
        throw half(i, "has no beginning");
      } else if (isMark(line, END)) {
        places.add(others.size());
        blocks.add(String.join("", lines.subList(begin + 1, i)));
        begin = -1;
      } else if (begin < 0) {
        others.add(line);
      }
    }
    if (begin >= 0) {
      throw half(begin, "has no end");
    }
    takeBackLineEnd(others, places, blocks);
    Map<String, String> settings = new LinkedHashMap<>();
    Matcher matcher = dialect.pattern.matcher(String.join("", blocks));
    while (matcher.find()) {
      settings.put(matcher.group("name"), matcher.group());
    }
    return new MarkedLines(others, places, blocks, settings);
  }

  /** Unless others have written below, the line above the block gets back that it has no end. */
  private static void takeBackLineEnd(
      List<String> others, List<Integer> places, List<String> blocks) {
    int last = others.size() - 1;
    for (int i = 0; i < blocks.size(); i++) {
      if (last >= 0 && places.get(i) == others.size() && blocks.get(i).contains(JOINED)) {
        others.set(last, others.get(last).replaceFirst("\n\\z", ""));
      }
    }
  }

  /** Puts a block before one of the lines. */
  static void insert(List<String> lines, int place, String body) {
    String joined = "";
    if (place > 0 && !lines.get(place - 1).endsWith("\n")) {
      lines.set(place - 1, lines.get(place - 1) + "\n");
      joined = JOINED;
    }
    lines.add(place, BEGIN + "\n" + joined + body + END + "\n");
  }

  private static CaException half(int index, String what) {
    return new CaException(
        "the block of devca at line " + (index + 1) + " " + what,
        "delete the lines of that block, and run the same command again");
  }

  private static boolean isMark(String line, String mark) {
    return line.strip().equals(mark);
  }
}
