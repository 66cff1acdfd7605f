package dev.devca.ca.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Takes a lock again and again, and sees whether anybody else has it too. */
public final class LockRounds {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private LockRounds() {}

  /**
   * Runs the rounds; in every second one the lock's file is deleted.
   *
   * @throws IOException if two hold the lock at once
   */
  static void run(Path folder, Path inside, int rounds) throws IOException {
    for (int i = 0; i < rounds; i++) {
      try (DirectoryLock lock = DirectoryLock.acquire(folder, LIMIT)) {
        // Fails if another is inside, for there is only one such file.
        Files.createFile(inside);
        Files.delete(inside);
        if (i % 2 == 0) {
          lock.deleteFile();
        }
      }
    }
  }

  public static void main(String... arguments) throws IOException {
    int go = System.in.read();
    run(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    System.out.println(go < 0 ? "nobody waited" : "done");
  }
}
