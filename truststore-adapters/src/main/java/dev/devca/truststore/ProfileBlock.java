package dev.devca.truststore;

import dev.devca.ca.CaException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The marked lines of a start file that export variables which name files. A file has one such
 * block, for the variables of all stores, or the same twice where one place would not do; an object
 * is concerned with the variables of one store, and leaves the others and every byte outside the
 * block as they are. Immutable.
 */
final class ProfileBlock {
  private static final String ABOUT =
      "# Made by devca install, so that programs trust the local CA; devca uninstall removes it.\n";

  // A variable that is taken away, or made empty.
  private static final Pattern NOTHING =
      Pattern.compile("\\bunset\\b|\\bset\\s+(-\\w+\\s+)*(-\\w*e|--erase)|=(''|\"\")?\\s*$");

  private final Dialect dialect;
  private final Path home;
  private final List<String> variables;
  private final Optional<Path> target;

  /**
   * A block.
   *
   * @param dialect what the start file is written in
   * @param home what {@code ~} and {@code $HOME} mean there
   * @param variables the variables
   * @param target the file that they name; empty if they are not to be set
   */
  ProfileBlock(Dialect dialect, Path home, List<String> variables, Optional<Path> target) {
    this.dialect = dialect;
    this.home = home;
    this.variables = List.copyOf(variables);
    this.target = target;
  }

  /** Whether each block is as we would write it, and there is no more than may be needed. */
  private boolean isSound(MarkedLines file) {
    String body = body(file.settings());
    return file.blocks().size() <= (firstTest(file.lines()) < file.lines().size() ? 2 : 1)
        && file.blocks().stream().allMatch(b -> b.replace(MarkedLines.JOINED, "").equals(body));
  }

  private static String body(Map<String, String> settings) {
    return ABOUT + String.join("", settings.values());
  }

  /** What a person writes where devca cannot. */
  String byHand() {
    return target.map(file -> dialect.byHand(variables, file.toString())).orElse("");
  }

  /** Whether the file has a block that is about our variables, or a part of a block. */
  boolean hasTrace(byte[] content) {
    try {
      MarkedLines file = MarkedLines.parse(content, dialect);
      return file.blocks().stream().anyMatch(block -> variables.stream().anyMatch(block::contains));
    } catch (CaException e) {
      return true;
    }
  }

  /** Whether what reads the file has the variables as they should be. */
  boolean isEffective(byte[] content) throws CaException {
    MarkedLines file = MarkedLines.parse(content, dialect);
    return target.isEmpty()
        ? variables.stream().noneMatch(file.settings()::containsKey)
        : variables.stream().allMatch(variable -> isSet(file, variable));
  }

  private boolean isSet(MarkedLines file, String variable) {
    String setting = file.settings().get(variable);
    int last = lastAssignment(file.lines(), List.of(variable));
    if (setting == null) {
      // A person, or a tool that owns the file, may have written it by hand.
      return file.lines().stream().skip(last + 1).anyMatch(line -> assignsTarget(line, variable));
    }
    if (!isSound(file) || !setting.equals(setting(variable))) {
      return false;
    }
    return places(file.lines(), List.of(variable)).stream()
        .allMatch(wanted -> file.places().stream().anyMatch(wanted::has));
  }

  private String setting(String variable) {
    return target.map(file -> dialect.setting(variable, text(file))).orElseThrow();
  }

  private static String text(Path file) {
    return ShellLines.ofText(file.toString());
  }

  /** The file with one block in the right place; the same bytes if that is so already. */
  byte[] insert(byte[] content) throws CaException {
    if (isEffective(content)) {
      return content;
    }
    MarkedLines file = MarkedLines.parse(content, dialect);
    Map<String, String> settings = new LinkedHashMap<>(file.settings());
    variables.forEach(settings::remove);
    if (target.isPresent()) {
      variables.forEach(variable -> settings.put(variable, setting(variable)));
    }
    return write(file.lines(), settings);
  }

  /** The file without our variables in its block, and without a block if none are left. */
  byte[] remove(byte[] content) throws CaException {
    MarkedLines file = MarkedLines.parse(content, dialect);
    Map<String, String> settings = new LinkedHashMap<>(file.settings());
    boolean changed = settings.keySet().removeAll(variables);
    return changed || !isSound(file) ? write(file.lines(), settings) : content;
  }

  private byte[] write(List<String> others, Map<String, String> settings) {
    List<String> lines = new ArrayList<>(others);
    if (!settings.isEmpty()) {
      List<Place> places = places(lines, settings.keySet());
      for (int i = places.size() - 1; i >= 0; i--) {
        MarkedLines.insert(lines, places.get(i).best(), body(settings));
      }
    }
    return ShellLines.encode(String.join("", lines));
  }

  /** The path that the file assigns to a variable, other than by our block or to our target. */
  Optional<Path> assignedByOthers(byte[] content, String variable) throws CaException {
    List<String> lines = MarkedLines.parse(content, dialect).lines();
    int last = lastAssignment(lines, List.of(variable));
    return last < 0 ? Optional.empty() : dialect.assignedPath(lines.get(last), variable, home);
  }

  /** Whether the file assigns to a variable what only the program that reads it can tell. */
  boolean isUnclear(byte[] content, String variable) throws CaException {
    List<String> lines = MarkedLines.parse(content, dialect).lines();
    int last = lastAssignment(lines, List.of(variable));
    return last >= 0
        && !NOTHING.matcher(lines.get(last)).find()
        && dialect.assignedPath(lines.get(last), variable, home).isEmpty();
  }

  /** Where a block has its effect: from one line to another, and best before this one. */
  private record Place(int first, int best, int last) {
    boolean has(int place) {
      return first <= place && place <= last;
    }
  }

  /** Above the interactive test, and below what assigns a variable after it; else at the end. */
  private List<Place> places(List<String> lines, Collection<String> names) {
    int test = firstTest(lines);
    int after = lastAssignment(lines, names) + 1;
    Place end = new Place(after, lines.size(), lines.size());
    if (test == lines.size()) {
      return List.of(end);
    }
    int first = lastAssignment(lines.subList(0, test), names) + 1;
    // The comment above the test belongs to it, but an interpreter line is the first of its file.
    int best = test;
    while (best > first
        && ShellLines.isComment(lines.get(best - 1))
        && !lines.get(best - 1).startsWith("#!")) {
      best--;
    }
    Place above = new Place(first, best, test);
    return after <= test ? List.of(above) : List.of(above, end);
  }

  private int firstTest(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      boolean continued = i > 0 && lines.get(i - 1).endsWith("\\\n");
      if (!continued && dialect.mayLeave(lines.get(i))) {
        return i;
      }
    }
    return lines.size();
  }

  /** The last line that assigns another value to one of the variables, or -1. */
  private int lastAssignment(List<String> lines, Collection<String> names) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      String line = lines.get(i);
      if (names.stream().anyMatch(n -> dialect.assigns(line, n) && !assignsTarget(line, n))) {
        return i;
      }
    }
    return -1;
  }

  private boolean assignsTarget(String line, String variable) {
    return target.isPresent()
        && dialect.assigns(line, variable)
        && (line.contains(dialect.assignment(variable, text(target.get())))
            || dialect.assignedPath(line, variable, home).equals(target));
  }
}
