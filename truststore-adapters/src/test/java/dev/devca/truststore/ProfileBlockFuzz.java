package dev.devca.truststore;

import dev.devca.ca.CaException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Start files of shells: what is put in has its effect, and comes out again without a trace. */
public final class ProfileBlockFuzz {
  private static final List<String> NAMES = List.of("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE");
  private static final Path HOME = Path.of("/home/o'neil $x");

  private ProfileBlockFuzz() {}

  /** The first byte says what the file is written in. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length > 0) {
      Dialect[] all = Dialect.values();
      check(all[(data[0] & 0xff) % all.length], Arrays.copyOfRange(data, 1, data.length));
    }
  }

  private static void check(Dialect dialect, byte[] content) {
    ProfileBlock block =
        new ProfileBlock(dialect, HOME, NAMES, Optional.of(HOME.resolve("ca.pem")));
    try {
      for (String name : NAMES) {
        block.assignedByOthers(content, name);
        block.isUnclear(content, name);
      }
      boolean traces = !MarkedLines.parse(content, dialect).blocks().isEmpty();
      byte[] inserted = block.insert(content);
      if (!block.isEffective(inserted)) {
        throw new AssertionError("it has no effect");
      }
      if (!Arrays.equals(block.insert(inserted), inserted)) {
        throw new AssertionError("it is put in twice");
      }
      byte[] removed = block.remove(inserted);
      if (!traces && !Arrays.equals(removed, content)) {
        throw new AssertionError("a trace is left");
      }
    } catch (CaException e) {
      // Declared.
    }
  }
}
