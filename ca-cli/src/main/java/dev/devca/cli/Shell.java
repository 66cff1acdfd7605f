package dev.devca.cli;

/** Words for shells. */
final class Shell {
  private Shell() {}

  /** The word as it must be typed in a POSIX shell. */
  static String quote(String word) {
    boolean plain =
        !word.isEmpty()
            && word.chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || "+-_./:@%,=".indexOf(c) >= 0);
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** The word as it must be typed in fish, where two characters mean something within quotes. */
  static String quoteForFish(String word) {
    return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** The word as it must be typed in cmd.exe; a path has no quotes in it. */
  static String quoteForCmd(String word) {
    boolean plain =
        !word.isEmpty()
            && word.chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || "-_./:@\\".indexOf(c) >= 0);
    return plain ? word : '"' + word + '"';
  }

  /** The word as a string of PowerShell, which takes typographic quotes for quotes too. */
  static String quoteForPowerShell(String word) {
    return "'" + word.replaceAll("['\u2018\u2019\u201a\u201b]", "$0$0") + "'";
  }
}
