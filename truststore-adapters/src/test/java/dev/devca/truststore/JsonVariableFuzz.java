package dev.devca.truststore;

import java.io.IOException;
import java.util.Optional;

/** Settings in JSON: a value that is put in can be read again. */
public final class JsonVariableFuzz {
  private static final String NAME = "NODE_EXTRA_CA_CERTS";
  private static final String VALUE = "/home/zo\u00eb/\"a\\\n.pem";

  private JsonVariableFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    JsonVariable read;
    try {
      read = new JsonVariable(NAME, Optional.of(data));
    } catch (IOException e) {
      // Declared.
      return;
    }
    read.value();
    JsonVariable with = new JsonVariable(NAME, Optional.of(read.with(VALUE)));
    if (!with.value().equals(Optional.of(VALUE))) {
      throw new AssertionError("the value is now " + with.value());
    }
    // Of several of a name the last counts, and is taken out.
    new JsonVariable(NAME, Optional.of(with.without()));
  }
}
