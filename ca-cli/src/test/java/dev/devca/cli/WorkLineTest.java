package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkLineTest {
  private final BlockingQueue<String> terminal = new LinkedBlockingQueue<>();

  private String next() throws InterruptedException {
    return terminal.poll(30, TimeUnit.SECONDS);
  }

  @Test
  void accept_longWork_isShownAndTakenAwayForAPrompt() throws Exception {
    try (WorkLine line = WorkLine.to(terminal::add, true)) {
      line.accept(List.of("Debian", "Java"));
      assertThat(next()).isEqualTo(Progress.CLEAR + "Working on Debian, Java");

      line.accept(List.of("Java"));
      assertThat(next()).isEqualTo(Progress.CLEAR + "Working on Java");

      line.accept(List.of());
      assertThat(next()).isEqualTo(Progress.CLEAR);

      line.accept(List.of("Firefox\u001b[2J" + "x".repeat(200)));
      String shown = next();
      assertThat(shown).startsWith(Progress.CLEAR + "Working on Firefox").endsWith("…");
      assertThat(shown.substring(Progress.CLEAR.length()))
          .hasSizeLessThan(80)
          .doesNotContain("\u001b");
    }
    assertThat(terminal).containsExactly(Progress.CLEAR);
  }

  @Test
  void accept_shortWork_isNeverShown() {
    try (WorkLine line = WorkLine.to(terminal::add, true)) {
      line.accept(List.of("Debian"));
      line.accept(List.of());
    }
    assertThat(terminal).isEmpty();
  }

  @Test
  void accept_noTerminal_isNeverShown() throws Exception {
    try (WorkLine line = WorkLine.to(terminal::add, false)) {
      line.accept(List.of("Debian"));
      assertThat(terminal.poll(2, TimeUnit.SECONDS)).isNull();
    }
    assertThat(terminal).isEmpty();
  }
}
