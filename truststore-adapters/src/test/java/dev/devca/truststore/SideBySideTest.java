package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SideBySideTest {

  @Test
  void run_lists_eachInItsOrderAndTheFirstOnThisThread() {
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    Map<String, Thread> threads = new ConcurrentHashMap<>();

    SideBySide.run(
        List.of(List.of("a1", "a2", "a3"), List.of("b1", "b2"), List.of("c"), List.of("d")),
        piece -> {
          threads.put(piece, Thread.currentThread());
          done.add(piece);
        });

    assertThat(done)
        .containsExactlyInAnyOrder("a1", "a2", "a3", "b1", "b2", "c", "d")
        .containsSubsequence("a1", "a2", "a3")
        .containsSubsequence("b1", "b2");
    assertThat(threads).containsEntry("a1", Thread.currentThread());
    assertThat(threads.values())
        .allMatch(thread -> thread == Thread.currentThread() || !thread.isAlive());
  }

  @Test
  void run_twoLists_areWorkedOnAtOnce() {
    CountDownLatch both = new CountDownLatch(2);
    List<Boolean> met = Collections.synchronizedList(new ArrayList<>());

    SideBySide.run(
        2,
        List.of(List.of("a"), List.of("b")),
        piece -> {
          both.countDown();
          met.add(isDown(both));
        });

    assertThat(met).containsExactly(true, true);
  }

  private static boolean isDown(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void run_defectOfOneList_isThrownWhenTheOthersAreDone() {
    List<String> done = Collections.synchronizedList(new ArrayList<>());

    assertThatThrownBy(
            () ->
                SideBySide.run(
                    List.of(List.of("bad", "never"), List.of("b"), List.of("c")),
                    piece -> {
                      if (piece.equals("bad")) {
                        throw new IllegalStateException(piece);
                      }
                      done.add(piece);
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("bad");
    assertThat(done).containsExactlyInAnyOrder("b", "c");
  }

  @Test
  void run_nothing_isNothing() {
    List<String> done = new ArrayList<>();

    SideBySide.run(List.<List<String>>of(), done::add);

    assertThat(done).isEmpty();
  }
}
