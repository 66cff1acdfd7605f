package dev.devca.truststore;

import java.nio.file.FileSystems;

/** Files of certificates: those of users, and our own that others may have written to. */
public final class CaBundleFuzz {
  private CaBundleFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    CaBundle read = CaBundle.parse(data, FileSystems.getDefault());
    CaBundle again = CaBundle.parse(read.toBytes(), FileSystems.getDefault());
    if (!again.roots().equals(read.roots())
        || !again.merged().keySet().equals(read.merged().keySet())) {
      throw new AssertionError("a bundle is another when it is written");
    }
  }
}
