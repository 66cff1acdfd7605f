package dev.devca.truststore;

/** Text that may hold line breaks, as a path may, kept in one line of a file. */
final class OneLine {
  private OneLine() {}

  static String escape(String text) {
    return text.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D");
  }

  static String unescape(String line) {
    return line.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
  }
}
