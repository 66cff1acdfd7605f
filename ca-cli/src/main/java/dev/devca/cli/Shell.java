package dev.devca.cli;

/** Words for a POSIX shell. */
final class Shell {
  private Shell() {}

  /** The word as it must be typed. */
  static String quote(String word) {
    boolean plain =
        !word.isEmpty()
            && word.chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || "+-_./:@%,=".indexOf(c) >= 0);
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
