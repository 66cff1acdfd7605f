package dev.devca.truststore;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What devca understands of a start file of a POSIX shell: its lines, where it assigns a variable,
 * and where it leaves because the shell is not interactive. Bytes are chars here (ISO 8859-1), so
 * that whatever the file's encoding no byte is lost.
 */
final class ShellLines {
  // Unindented only: within a function or an if the line may never be reached.
  private static final Pattern INTERACTIVE_TEST =
      Pattern.compile(
          ".*?\\$(-|\\{-\\})" // case $- in; [[ $- != *i* ]]
              + "|.*?(\\[|\\btest)\\s+(!\\s+)?(-[nz]\\s+)?\"?\\$\\{?PS1\\b" // [ -z "$PS1" ]
              + "|.*?(\\[|\\btest)\\s+(!\\s+)?-t\\s+[012]\\b" // [ -t 0 ]
              + "|tty\\s+-s\\b",
          Pattern.UNIX_LINES);
  private static final Pattern PLAIN = Pattern.compile("[\\w+,./:=@-]+");
  private static final Pattern HOME = Pattern.compile("\\$(HOME\\b|\\{HOME\\})");

  private ShellLines() {}

  static String decode(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static byte[] encode(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A text in the chars that {@link #decode} would give for a file that holds it. */
  static String ofText(String text) {
    return decode(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The lines with their ends; the last one may have none. */
  static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }

  static boolean isComment(String line) {
    return line.strip().startsWith("#");
  }

  /** Whether the shell may leave the file at this line because it is not interactive. */
  static boolean isInteractiveTest(String line) {
    return !line.isEmpty()
        && !Character.isWhitespace(line.charAt(0))
        && !isComment(line)
        && INTERACTIVE_TEST.matcher(line).lookingAt();
  }

  /** Whether the line may set or unset the variable. */
  static boolean assigns(String line, String variable) {
    return line.contains(variable)
        && !isComment(line)
        && Pattern.compile("(?<![\\w$])" + variable + "\\+?=|\\bunset\\b.*\\b" + variable + "\\b")
            .matcher(line)
            .find();
  }

  /**
   * The path that the line assigns to the variable for good, not for one command.
   *
   * @return empty if the line does not, or says it in a way that only a shell understands
   */
  static Optional<Path> assignedPath(String line, String variable, Path home) {
    if (!assigns(line, variable)) {
      return Optional.empty();
    }
    Matcher matcher =
        Pattern.compile(
                "(?:^|[;&|]|\\bthen\\b|\\bexport\\b|\\b(?:declare|typeset)\\s+-\\w+)\\s*"
                    + variable
                    + "=('[^']*'|\"[^\"`\\\\]*\"|[^\\s'\"`\\\\;&|#()<>]+)\\s*(?:[;&|#]|$)",
                Pattern.UNIX_LINES)
            .matcher(line);
    String word = "";
    while (matcher.find()) {
      word = matcher.group(1);
    }
    return pathOf(word, home);
  }

  /** The path that a word means, if no more than the home is put in for a part of it. */
  static Optional<Path> pathOf(String word, Path home) {
    return value(word, ofText(home.toString())).flatMap(value -> path(value, home));
  }

  private static Optional<String> value(String word, String home) {
    boolean closed = word.length() > 1 && word.charAt(0) == word.charAt(word.length() - 1);
    if (closed && word.startsWith("'")) {
      return Optional.of(word.substring(1, word.length() - 1));
    }
    boolean quoted = closed && word.startsWith("\"");
    String value = quoted ? word.substring(1, word.length() - 1) : word;
    Matcher variables = HOME.matcher(value);
    if (variables.replaceAll("").contains("$")) {
      return Optional.empty();
    }
    String expanded = variables.replaceAll(Matcher.quoteReplacement(home));
    return Optional.of(!quoted && value.startsWith("~/") ? home + expanded.substring(1) : expanded);
  }

  private static Optional<Path> path(String value, Path home) {
    try {
      return Optional.of(new String(encode(value), StandardCharsets.UTF_8))
          .filter(text -> !text.isEmpty())
          .map(text -> home.resolve(text).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** A text as a word to type, quoted only where it must be. */
  static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : quote(text);
  }

  /** The word that a POSIX shell reads as exactly this text. */
  static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
