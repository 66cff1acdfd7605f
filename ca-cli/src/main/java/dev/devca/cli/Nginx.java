package dev.devca.cli;

import java.nio.file.Path;

/** Words for an nginx configuration. */
final class Nginx {
  private Nginx() {}

  /** An absolute path as a parameter of a directive. */
  static String quote(Path file) {
    String text = file.toAbsolutePath().normalize().toString();
    boolean plain =
        text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/._-+@=,:".indexOf(c) >= 0);
    return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
