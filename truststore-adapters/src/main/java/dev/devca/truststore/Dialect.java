package dev.devca.truststore;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a kind of start file says that a variable names a file. */
enum Dialect {
  /** The shells of the family of sh, among them bash and zsh. */
  POSIX(
      "if \\[ -r (?<word>(?:'[^']*'|\\\\')++) \\]; then\n  export (?<name>\\w+)=\\k<word>\nfi\n") {
    @Override
    String setting(String variable, String file) {
      // A variable that names a missing file makes Node warn, and breaks Python.
      return ("if [ -r " + ShellLines.quote(file) + " ]; then\n")
          + ("  export " + assignment(variable, file) + "\n")
          + "fi\n";
    }

    @Override
    String assignment(String variable, String file) {
      return variable + "=" + ShellLines.quote(file);
    }

    @Override
    String byHand(List<String> variables, String file) {
      return "[ ! -r "
          + ShellLines.quote(file)
          + " ] || export "
          + variables.stream().map(name -> assignment(name, file)).collect(Collectors.joining(" "));
    }

    @Override
    boolean assigns(String line, String variable) {
      return ShellLines.assigns(line, variable);
    }

    @Override
    Optional<Path> assignedPath(String line, String variable, Path home) {
      return ShellLines.assignedPath(line, variable, home);
    }

    @Override
    boolean mayLeave(String line) {
      return ShellLines.isInteractiveTest(line);
    }
  },

  FISH("if test -r (?<word>'(?:[^'\\\\]|\\\\.)*+')\n  set -gx (?<name>\\w+) \\k<word>\nend\n") {
    @Override
    String setting(String variable, String file) {
      return ("if test -r " + quote(file) + "\n")
          + ("  set -gx " + assignment(variable, file) + "\n")
          + "end\n";
    }

    @Override
    String assignment(String variable, String file) {
      return variable + " " + quote(file);
    }

    private static String quote(String text) {
      return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    @Override
    String byHand(List<String> variables, String file) {
      return "test -r "
          + quote(file)
          + variables.stream()
              .map(name -> "; and set -gx " + assignment(name, file))
              .collect(Collectors.joining());
    }

    @Override
    boolean assigns(String line, String variable) {
      Matcher set = Pattern.compile("\\bset\\s+((?:-\\S+\\s+)*)" + variable + "\\b").matcher(line);
      // With -q it asks.
      return (!ShellLines.isComment(line) && set.find() && !set.group(1).contains("q"))
          || line.startsWith(universal(variable));
    }

    /** How fish itself keeps what {@code set -Ux} sets. */
    private static String universal(String variable) {
      return "SETUVAR --export " + variable + ":";
    }

    @Override
    Optional<Path> assignedPath(String line, String variable, Path home) {
      if (line.startsWith(universal(variable))) {
        String value = line.substring(universal(variable).length()).stripTrailing();
        return ShellLines.pathOf("'" + unescape(value) + "'", home);
      }
      Matcher set =
          Pattern.compile(
                  "\\s*set\\s+(?:-\\S+\\s+)*"
                      + variable
                      + "\\s+('[^'\\\\]*'|\"[^\"\\\\]*\"|[^\\s'\"\\\\;&|#()<>]+)\\s*(?:[;#].*)?",
                  Pattern.DOTALL)
              .matcher(line);
      return set.matches() ? ShellLines.pathOf(set.group(1), home) : Optional.empty();
    }

    private static String unescape(String value) {
      return Pattern.compile("\\\\(?:x(\\p{XDigit}{2})|u(\\p{XDigit}{4}))")
          .matcher(value)
          .replaceAll(
              code ->
                  Matcher.quoteReplacement(
                      ShellLines.ofText(
                          Character.toString(Integer.parseInt(code.group().substring(2), 16)))));
    }
  },

  /** The files of {@code environment.d}(5), which cannot ask whether a file is there. */
  ENVIRONMENT("(?<name>\\w+)=\"(?:[^\"\\\\]|\\\\.)*+\"\n") {
    @Override
    String setting(String variable, String file) {
      return assignment(variable, file) + "\n";
    }

    @Override
    String assignment(String variable, String file) {
      String escaped = file.replace("\\", "\\\\").replace("\"", "\\\"").replace("`", "\\`");
      return variable + "=\"" + escaped.replace("$", "$$") + "\"";
    }

    @Override
    String byHand(List<String> variables, String file) {
      return variables.stream()
          .map(name -> assignment(name, file))
          .collect(Collectors.joining(" and "));
    }

    @Override
    boolean assigns(String line, String variable) {
      return line.stripLeading().startsWith(variable + "=");
    }

    @Override
    Optional<Path> assignedPath(String line, String variable, Path home) {
      String value = line.substring(line.indexOf('=') + 1).strip();
      return assigns(line, variable) && value.indexOf('\\') < 0
          ? ShellLines.pathOf(value, home)
          : Optional.empty();
    }
  };

  /**
   * What {@link #setting} makes, with the variable as the group {@code name}; possessive, or a long
   * word would end the stack.
   */
  final Pattern pattern;

  Dialect(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  /** That of a start file, by its name. */
  static Dialect of(Path startFile) {
    String name = startFile.toString();
    return name.endsWith(".fish") || name.endsWith("fish_variables")
        ? FISH
        : name.endsWith(".conf") ? ENVIRONMENT : POSIX;
  }

  /** The lines that export the variable, where that can be said if the file is there. */
  abstract String setting(String variable, String file);

  /** What a line has in it that assigns the file by our way of quoting. */
  abstract String assignment(String variable, String file);

  /** What a person writes where devca cannot, with the effect of the settings. */
  abstract String byHand(List<String> variables, String file);

  /** Whether the line may set or unset the variable. */
  abstract boolean assigns(String line, String variable);

  /** The path that the line assigns for good, if it says so plainly. */
  abstract Optional<Path> assignedPath(String line, String variable, Path home);

  /** Whether the shell may leave the file at this line. */
  boolean mayLeave(String line) {
    return false;
  }
}
