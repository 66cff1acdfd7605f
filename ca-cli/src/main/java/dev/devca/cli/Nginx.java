package dev.devca.cli;

import java.nio.file.Path;

/** Words for an nginx configuration. */
final class Nginx {
  private Nginx() {}

  /** An absolute path as a parameter of a directive. */
  static String quote(Path file) {
    String text = file.toAbsolutePath().normalize().toString();
    return isPlain(text) ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && "/._-+@=,:".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
