package dev.devca.truststore;

import java.io.IOException;

/** What the programs of macOS print. */
public final class PropertyListFuzz {
  private PropertyListFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    try {
      PropertyList.parse(data);
    } catch (IOException e) {
      // Declared.
    }
  }
}
