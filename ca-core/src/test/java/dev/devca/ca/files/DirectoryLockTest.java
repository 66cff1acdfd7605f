package dev.devca.ca.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final int ROUNDS = 200;

  @TempDir private Path folder;

  @Test
  void acquire_afterClose_isGrantedAgain() throws Exception {
    DirectoryLock.acquire(folder, MOMENT).close();

    DirectoryLock.acquire(folder, MOMENT).close();

    assertThat(folder.resolve(".lock")).isRegularFile();
  }

  @Test
  void acquire_heldByAThread_isRefusedAfterTheLimit() throws Exception {
    try (DirectoryLock lock = DirectoryLock.acquire(folder, MOMENT)) {
      assertThatThrownBy(() -> DirectoryLock.acquire(folder, MOMENT))
          .isInstanceOf(IOException.class)
          .hasMessage("another process has held " + folder.resolve(".lock") + " for 0 s");
    }
  }

  @Test
  void acquire_triedByAThreadMeanwhile_stillKeepsProcessesOut() throws Exception {
    try (DirectoryLock lock = DirectoryLock.acquire(folder, MOMENT);
        ChildJvm child = ChildJvm.start(LockOnce.class, folder.toString())) {
      assertThat(LockOnce.tryIt(folder)).startsWith("another process has held ");

      child.go();
      assertThat(child.output()).startsWith("another process has held ");
    }
    try (ChildJvm child = ChildJvm.start(LockOnce.class, folder.toString())) {
      child.go();
      assertThat(child.output()).isEqualTo("got it");
    }
  }

  @Test
  void acquire_fileDeletedByItsHolders_neverGrantsItTwice(@TempDir Path outside) throws Exception {
    Path inside = outside.resolve("inside");
    String[] arguments = {folder.toString(), inside.toString(), Integer.toString(ROUNDS)};
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (ChildJvm one = ChildJvm.start(LockRounds.class, arguments);
        ChildJvm two = ChildJvm.start(LockRounds.class, arguments)) {
      one.go();
      two.go();
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        results.add(
            threads.submit(
                () -> {
                  LockRounds.run(folder, inside, ROUNDS);
                  return null;
                }));
      }
      for (Future<?> result : results) {
        result.get(90, TimeUnit.SECONDS);
      }
      assertThat(one.output()).isEqualTo("done");
      assertThat(two.output()).isEqualTo("done");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void acquire_folderMissing_isRefused() {
    assertThatThrownBy(() -> DirectoryLock.acquire(folder.resolve("no"), MOMENT))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  @DisabledOnOs(
      value = OS.WINDOWS,
      disabledReason = "a link there needs the rights of an administrator")
  void acquire_linkInPlaceOfTheFile_isNotFollowed() throws Exception {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(folder.resolve(".lock"), victim);

    assertThatThrownBy(() -> DirectoryLock.acquire(folder, MOMENT)).isInstanceOf(IOException.class);

    assertThat(victim).hasContent("precious");
  }

  @Test
  void acquire_threadInterrupted_endsAndStaysInterrupted() throws Exception {
    try (DirectoryLock lock = DirectoryLock.acquire(folder, MOMENT)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> DirectoryLock.acquire(folder, Duration.ofMinutes(1)))
          .isInstanceOf(IOException.class);

      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
