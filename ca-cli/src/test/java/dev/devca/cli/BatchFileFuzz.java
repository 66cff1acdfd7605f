package dev.devca.cli;

import java.nio.charset.StandardCharsets;

/** Batches: each line gives words, or the reason why not. */
public final class BatchFileFuzz {
  private BatchFileFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    for (BatchFile.Line line : BatchFile.lines(new String(data, StandardCharsets.UTF_8))) {
      if (!line.problem().isEmpty() && !line.words().isEmpty()) {
        throw new AssertionError("words with a problem");
      }
    }
  }
}
