package dev.devca.ca;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rows of {@code idn-names.tsv}. */
final class IdnTable {
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-F]{4})");

  private IdnTable() {}

  record Row(String name, String expected) {
    boolean isRefused() {
      return expected.equals("-");
    }
  }

  static Stream<Row> rows() {
    return lines().stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .map(cells -> new Row(unescape(cells[0]), cells[1]));
  }

  private static List<String> lines() {
    try (InputStream in = IdnTable.class.getResourceAsStream("idn-names.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16)));
  }
}
