package dev.devca.cli;

import java.nio.charset.StandardCharsets;

/** Records of what was issued, torn or written by others. */
public final class IssuedRecordFuzz {
  private IssuedRecordFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    IssuedRecord read;
    try {
      read = IssuedRecord.read(new String(data, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // Declared.
      return;
    }
    read.file();
    read.soon();
    if (!IssuedRecord.read(read.text()).equals(read)) {
      throw new AssertionError("a record is another when it is written");
    }
  }
}
