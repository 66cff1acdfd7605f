package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A list of certificates to issue, a line each: names and options as on the command line of {@code
 * devca issue}, or a JSON object with the list {@code names} and the options by their names without
 * hyphens in front. Blank lines and those that begin with {@code #} say nothing.
 */
final class BatchFile {
  static final String OPTION = "--batch";
  private static final String NAMES = "names";
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  // A long line for each of a hundred thousand certificates, in a heap of 256 MB.
  private static final int LIMIT = 16 * 1024 * 1024;

  private BatchFile() {}

  static OptionSpec option() {
    return CommonOptions.value(
        OPTION,
        "FILE",
        "issue many: each line has names and options as here, or is JSON; - for standard input");
  }

  /**
   * The words of a line.
   *
   * @param number the line's, from 1
   * @param words what would stand behind {@code devca issue}
   * @param problem why they cannot be told; empty if they can
   */
  record Line(int number, List<String> words, String problem) {}

  static List<Line> read(String file, Session session) throws CaException {
    String text;
    try {
      byte[] bytes;
      if (file.equals(OutputFile.STANDARD_OUTPUT)) {
        bytes = session.console().in().readNBytes(LIMIT + 1);
      } else {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
          bytes = in.readNBytes(LIMIT + 1);
        }
      }
      if (bytes.length > LIMIT) {
        throw new IOException("it is larger than " + LIMIT + " bytes");
      }
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // Editors on Windows begin a file with it.
      text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8", e);
    } catch (IOException | InvalidPathException e) {
      throw unreadable(file, Reasons.of(e), e);
    }
    return lines(text);
  }

  static List<Line> lines(String text) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      String content = line.strip();
      if (!content.isEmpty() && !content.startsWith("#")) {
        lines.add(line(number, content));
      }
    }
    return lines;
  }

  private static CaException unreadable(String file, String why, Exception e) {
    return new CaException(
        "cannot read the batch " + file + ": " + why,
        "name a file with a line for each certificate",
        e);
  }

  private static Line line(int number, String content) {
    try {
      List<String> words = content.startsWith("{") ? ofJson(content) : ofShell(content);
      return new Line(number, words, "");
    } catch (IOException e) {
      return new Line(number, List.of(), Reasons.of(e));
    }
  }

  private static List<String> ofJson(String line) throws IOException {
    Map<String, Object> object;
    try {
      object = Json.readObject(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IOException("it is no JSON object of names, texts, numbers and truths", e);
    }
    List<String> words = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, Object> entry : object.entrySet()) {
      Object value = entry.getValue();
      if (entry.getKey().equals(NAMES) && value instanceof List<?> list) {
        list.forEach(name -> names.add(String.valueOf(name)));
      } else if (Boolean.TRUE.equals(value)) {
        words.add("--" + entry.getKey());
      } else if (value instanceof List<?> list) {
        list.forEach(item -> words.add("--" + entry.getKey() + "=" + item));
      } else if (!Boolean.FALSE.equals(value)) {
        words.add("--" + entry.getKey() + "=" + value);
      }
    }
    words.addAll(names);
    return words;
  }

  /** Words as a shell tells them apart, without anything that a shell would put in. */
  static List<String> ofShell(String line) throws IOException {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\0') {
        throw new IOException("it holds a NUL");
      }
      if (quote == 0 && (c == ' ' || c == '\t')) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
        }
        begun = false;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
        begun = true;
      } else if (c == quote) {
        quote = 0;
      } else if (c == '\\' && quote != '\'') {
        i++;
        if (i == line.length()) {
          throw new IOException("it ends in a backslash");
        }
        word.append(line.charAt(i));
        begun = true;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (quote != 0) {
      throw new IOException("a quotation mark is not closed");
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
