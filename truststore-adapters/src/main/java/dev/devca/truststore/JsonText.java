package dev.devca.truststore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the members of the objects in a JSON text stand (RFC 8259), so that one can be changed and
 * every other byte kept. The text has a char for each byte. Immutable.
 */
final class JsonText {
  // Deeper than any settings, and not so deep that the stack would end.
  private static final int DEPTH = 200;
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}");
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private final String text;
  private final List<Member> members;
  private int at;

  /**
   * A member of an object.
   *
   * @param key its name
   * @param keyStart where that begins, with its quote
   * @param start where the value begins
   * @param end behind the value
   * @param members those of the value, if that is an object
   */
  record Member(String key, int keyStart, int start, int end, List<Member> members) {}

  private JsonText(String text) throws IOException {
    this.text = text;
    this.at = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
    space();
    if (peek() != '{') {
      throw wrong();
    }
    this.members = object(0);
    space();
    if (at != text.length()) {
      throw wrong();
    }
  }

  /**
   * Parses a text.
   *
   * @throws IOException if it is no object in JSON; the message says where
   */
  static JsonText parse(String text) throws IOException {
    return new JsonText(text);
  }

  /** The member of this name among others; of several the last counts, as for JavaScript. */
  static Optional<Member> named(List<Member> members, String key) {
    return members.stream().filter(m -> m.key().equals(key)).reduce((first, last) -> last);
  }

  /** The members of the whole. */
  List<Member> members() {
    return members;
  }

  /** The text of a value that is a string, decoded. */
  Optional<String> string(Member member) {
    return text.charAt(member.start()) == '"'
        ? Optional.of(decode(text.substring(member.start() + 1, member.end() - 1)))
        : Optional.empty();
  }

  /** A string as it is written in JSON, a char for each byte. */
  static String quote(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(c < 16 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
      } else {
        quoted.append(c);
      }
    }
    byte[] bytes = quoted.append('"').toString().getBytes(StandardCharsets.UTF_8);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private List<Member> object(int depth) throws IOException {
    List<Member> found = new ArrayList<>();
    at++;
    space();
    if (peek() == '}') {
      at++;
      return found;
    }
    while (true) {
      space();
      int keyStart = at;
      skipString();
      String key = decode(text.substring(keyStart + 1, at - 1));
      space();
      expect(':');
      space();
      int start = at;
      List<Member> inner = value(depth);
      found.add(new Member(key, keyStart, start, at, inner));
      space();
      if (peek() == '}') {
        at++;
        return found;
      }
      expect(',');
    }
  }

  private List<Member> value(int depth) throws IOException {
    if (depth > DEPTH) {
      throw wrong();
    }
    if (peek() == '{') {
      return object(depth + 1);
    }
    switch (peek()) {
      case '[' -> array(depth + 1);
      case '"' -> skipString();
      default -> literal();
    }
    return List.of();
  }

  private void array(int depth) throws IOException {
    at++;
    space();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      space();
      value(depth);
      space();
      if (peek() == ']') {
        at++;
        return;
      }
      expect(',');
    }
  }

  private void literal() throws IOException {
    int start = at;
    while (Character.isLetterOrDigit(peek()) || "+-.".indexOf(peek()) >= 0) {
      at++;
    }
    if (!text.substring(start, at)
        .matches("true|false|null|-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      at = start;
      throw wrong();
    }
  }

  private void skipString() throws IOException {
    expect('"');
    while (peek() != '"') {
      if (peek() < ' ') {
        throw wrong();
      }
      at += peek() == '\\' ? 2 : 1;
    }
    at++;
  }

  private static String decode(String raw) {
    StringBuilder decoded = new StringBuilder();
    String utf8 = new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    for (int i = 0; i < utf8.length(); i++) {
      char c = utf8.charAt(i);
      if (c != '\\' || i + 1 == utf8.length()) {
        decoded.append(c);
        continue;
      }
      char escaped = utf8.charAt(++i);
      int plain = "bfnrt".indexOf(escaped);
      if (plain >= 0) {
        decoded.append("\b\f\n\r\t".charAt(plain));
      } else if (escaped == 'u' && HEX.matcher(utf8).region(i + 1, utf8.length()).lookingAt()) {
        decoded.append((char) Integer.parseInt(utf8.substring(i + 1, i + 5), 16));
        i += 4;
      } else {
        decoded.append(escaped);
      }
    }
    return decoded.toString();
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** The next char; one that no text has at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(char wanted) throws IOException {
    if (peek() != wanted) {
      throw wrong();
    }
    at++;
  }

  private IOException wrong() {
    long line =
        text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count() + 1;
    return new IOException("it is no JSON, as line " + line + " shows");
  }
}
