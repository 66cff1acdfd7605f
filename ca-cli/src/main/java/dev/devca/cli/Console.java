package dev.devca.cli;

import java.io.InputStream;
import java.io.PrintStream;

/** Where the command reads and prints: data to {@code out}, words to {@code err}. */
record Console(InputStream in, PrintStream out, PrintStream err) {

  /** A line for a person. Control characters of foreign text cannot steer the terminal. */
  void say(String line) {
    err.println(printable(line));
  }

  /** A question, to be answered on the same line. */
  void ask(String question) {
    err.print(question);
    err.flush();
  }

  /** A line that was asked for. Control characters of foreign text cannot steer the terminal. */
  void show(String line) {
    out.println(printable(line));
  }

  /** A line of data. */
  void print(String line) {
    out.println(line);
  }

  /** Bytes of data. */
  void write(byte[] bytes) {
    out.write(bytes, 0, bytes.length);
  }

  static String printable(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              // Bidi overrides are of type FORMAT.
              boolean hidden =
                  (type == Character.CONTROL && c != '\t')
                      || type == Character.FORMAT
                      || type == Character.SURROGATE
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR;
              safe.append(
                  hidden
                      ? "\\u{" + Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT) + "}"
                      : Character.toString(c));
            });
    return safe.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        return false;
      }
    }
    return true;
  }
}
