package dev.devca.ca.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SystemRandomTest {

  @Test
  void open_twice_neverTheSameNumbers() {
    byte[] first = new byte[32];
    byte[] second = new byte[32];
    SystemRandom.open().nextBytes(first);
    SystemRandom.open().nextBytes(second);

    assertThat(first).isNotEqualTo(second).isNotEqualTo(new byte[32]);
  }

  @Test
  void nextBytes_ofAnyLength_fillsAll() {
    SecureRandom random = SystemRandom.open();
    boolean[] set = new boolean[10_000];
    for (int round = 0; round < 8; round++) {
      byte[] bytes = new byte[set.length];
      random.nextBytes(bytes);
      for (int i = 0; i < set.length; i++) {
        set[i] |= bytes[i] != 0;
      }
    }

    // That one of 10,000 bytes is 0 eight times is as likely as 1 in 10^15.
    assertThat(set).doesNotContain(false);
  }

  @Test
  void nextBytes_byManyThreads_neverTheSameNumbers() throws Exception {
    SecureRandom random = SystemRandom.open();
    Set<String> seen = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int k = 0; k < 2_000; k++) {
                  byte[] bytes = new byte[16];
                  random.nextBytes(bytes);
                  seen.add(HexFormat.of().formatHex(bytes));
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join(60_000);
    }

    assertThat(seen).hasSize(8_000);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void open_onLinux_asksNoProvider() {
    assertThat(SystemRandom.open().getProvider()).isNull();
  }
}
