package dev.devca.ca.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Tries to take a lock for a moment and says whether it got it. */
public final class LockOnce {
  private LockOnce() {}

  static String tryIt(Path folder) {
    try (DirectoryLock lock = DirectoryLock.acquire(folder, Duration.ofMillis(50))) {
      return "got it";
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  public static void main(String... arguments) throws IOException {
    int go = System.in.read();
    System.out.println(go < 0 ? "" : tryIt(Path.of(arguments[0])));
  }
}
