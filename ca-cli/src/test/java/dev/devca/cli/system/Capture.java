package dev.devca.cli.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Keeps the beginning of a stream and reads the rest away, so that its writer never blocks. */
final class Capture {

  /** Far more than any command of a test prints; what loops must not fill the memory. */
  static final int LIMIT = 1 << 20;

  private final Thread reader;
  private volatile byte[] head = new byte[0];

  Capture(InputStream stream) {
    reader = new Thread(() -> read(stream), "capture");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream stream) {
    try (stream) {
      int used = 0;
      byte[] buffer = new byte[8192];
      for (int n; used < LIMIT && (n = stream.read(buffer)) >= 0; ) {
        byte[] longer = java.util.Arrays.copyOf(head, used + n);
        System.arraycopy(buffer, 0, longer, used, n);
        used += n;
        head = longer;
      }
      stream.transferTo(OutputStream.nullOutputStream());
    } catch (IOException endOfStream) {
      // The process was killed: what was read so far is what there is.
    }
  }

  /** What was written; waits no longer than that for the end, which a daemon may hold open. */
  String text(Duration wait) {
    try {
      reader.join(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new String(head, StandardCharsets.UTF_8);
  }
}
