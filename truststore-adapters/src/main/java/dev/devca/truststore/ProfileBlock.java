package dev.devca.truststore;

import dev.devca.ca.CaException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The marked lines by which a start file of a POSIX shell exports a variable that names a file, if
 * that file is there. Every byte of others stays. Immutable.
 */
final class ProfileBlock {
  private static final String BEGIN = "# >>> devca >>>";
  private static final String END = "# <<< devca <<<";
  private static final String JOINED = "# (The line above had no line end.)\n";

  private final String variable;
  private final Path target;
  private final Path home;
  private final String word;
  private final String text;

  /**
   * A block.
   *
   * @param variable the variable
   * @param target the file that it names
   * @param home what {@code ~} and {@code $HOME} mean in the start file
   */
  ProfileBlock(String variable, Path target, Path home) {
    this.variable = variable;
    this.target = target;
    this.home = home;
    this.word = ShellLines.quote(ShellLines.ofText(target.toString()));
    // A variable that names a missing file makes Node warn in each process.
    this.text =
        "# Made by devca install, so that programs trust the local CA; devca uninstall removes it.\n"
            + ("if [ -r " + word + " ]; then\n")
            + ("  export " + variable + "=" + word + "\n")
            + "fi\n";
  }

  /** A start file without our blocks, and where and what they were. */
  private record Parsed(List<String> lines, List<Integer> places, List<String> blocks) {
    String text() {
      return String.join("", lines);
    }
  }

  /** What a person writes where devca cannot: one line with the effect of the block. */
  String byHand() {
    String file = ShellLines.quote(target.toString());
    return "[ ! -r " + file + " ] || export " + variable + "=" + file;
  }

  /** Whether the file has a block of devca's, or a part of one. */
  static boolean hasTrace(byte[] content) {
    return ShellLines.split(ShellLines.decode(content)).stream().anyMatch(l -> isMark(l, BEGIN));
  }

  /** Whether a shell that reads the file exports the variable as it should be. */
  boolean isEffective(byte[] content) throws CaException {
    Parsed file = parse(content);
    List<String> lines = file.lines();
    if (file.blocks().size() == 1 && file.blocks().get(0).replace(JOINED, "").equals(text)) {
      int place = file.places().get(0);
      int last = lastAssignment(lines);
      return last < place && (place <= firstTest(lines) || firstTest(lines) <= last);
    }
    // A person, or a tool that owns the file, may have written it by hand.
    return file.blocks().isEmpty()
        && lines.stream().skip(lastAssignment(lines) + 1).anyMatch(this::assignsTarget);
  }

  /** The file with one block in the right place; the same bytes if that is so already. */
  byte[] insert(byte[] content) throws CaException {
    if (isEffective(content)) {
      return content;
    }
    List<String> lines = new ArrayList<>(parse(content).lines());
    int place = place(lines);
    String joined = "";
    if (place > 0 && !lines.get(place - 1).endsWith("\n")) {
      lines.set(place - 1, lines.get(place - 1) + "\n");
      joined = JOINED;
    }
    lines.add(place, BEGIN + "\n" + joined + text + END + "\n");
    return ShellLines.encode(String.join("", lines));
  }

  /** The file without our blocks. */
  static byte[] remove(byte[] content) throws CaException {
    return ShellLines.encode(parse(content).text());
  }

  /** The path that the file assigns to the variable, other than by our block or to our target. */
  Optional<Path> assignedByOthers(byte[] content) throws CaException {
    List<String> lines = parse(content).lines();
    int last = lastAssignment(lines);
    return last < 0 ? Optional.empty() : ShellLines.assignedPath(lines.get(last), variable, home);
  }

  /** Above the interactive test, unless the variable is assigned below it; else at the end. */
  private int place(List<String> lines) {
    int test = firstTest(lines);
    if (test == lines.size() || lastAssignment(lines) >= test) {
      return lines.size();
    }
    // The comment above the test belongs to it, but an interpreter line is the first of its file.
    while (test > 0
        && ShellLines.isComment(lines.get(test - 1))
        && !lines.get(test - 1).startsWith("#!")) {
      test--;
    }
    return Math.max(test, lastAssignment(lines) + 1);
  }

  private static int firstTest(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      boolean continued = i > 0 && lines.get(i - 1).endsWith("\\\n");
      if (!continued && ShellLines.isInteractiveTest(lines.get(i))) {
        return i;
      }
    }
    return lines.size();
  }

  /** The last line that assigns another value, or -1. */
  private int lastAssignment(List<String> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (ShellLines.assigns(lines.get(i), variable) && !assignsTarget(lines.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private boolean assignsTarget(String line) {
    return ShellLines.assigns(line, variable)
        && (line.contains(variable + "=" + word)
            || ShellLines.assignedPath(line, variable, home).equals(Optional.of(target)));
  }

  private static Parsed parse(byte[] content) throws CaException {
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
    return new Parsed(others, places, blocks);
  }

  /** Unless others have written below, the line above the block gets back that it has no end. */
  private static void takeBackLineEnd(
      List<String> others, List<Integer> places, List<String> blocks) {
    int last = others.size() - 1;
    for (int i = 0; i < blocks.size(); i++) {
      if (last >= 0 && places.get(i) == others.size() && blocks.get(i).contains(JOINED)) {
        others.set(last, others.get(last).replaceFirst("\r?\n\\z", ""));
      }
    }
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
