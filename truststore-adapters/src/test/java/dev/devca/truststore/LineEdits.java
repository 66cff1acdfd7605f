package dev.devca.truststore;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/** Edits of a file that is a list of lines. */
final class LineEdits {
  private LineEdits() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static Journal.Edit plus(String line) {
    return content -> {
      String text = new String(content.orElse(new byte[0]), StandardCharsets.US_ASCII);
      return Optional.of(
          text.lines().toList().contains(line) ? content.orElseThrow() : bytes(text + line + "\n"));
    };
  }

  static Removal minus(String line) {
    return content ->
        content.map(
            c ->
                bytes(
                    new String(c, StandardCharsets.US_ASCII)
                        .lines()
                        .filter(l -> !l.equals(line))
                        .map(l -> l + "\n")
                        .collect(Collectors.joining())));
  }

  interface Removal extends Journal.Edit {
    default Journal.Edit andThenNoFileIfEmpty() {
      return content -> apply(content).filter(c -> c.length > 0);
    }
  }
}
