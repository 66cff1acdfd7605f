package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Which of the possible faults a run injects: a sample, with {@code -Ddevca.faults=100} so many of
 * each kind, with {@code -Ddevca.faults=own} one at each call of devca's own, and with {@code
 * -Ddevca.faults=all} every kind, also at those of the programs that it runs. The sample's seed is
 * printed, and set with {@code -Ddevca.seed}; without that it is the same each time, so that a
 * build tells of a change and not of its luck.
 */
final class FaultPlan {

  private static final String SIZE = System.getProperty("devca.faults", "");
  private static final boolean OWN = SIZE.equals("own");
  private static final boolean ALL = OWN || SIZE.equals("all");
  private static final long SEED = Long.getLong("devca.seed", 17);

  private FaultPlan() {}

  /** The commands that meet faults: those that {@code -Ddevca.faults.of} names, or all. */
  static Stream<FaultScene.Command> commands() {
    String names = System.getProperty("devca.faults.of", "");
    return names.isEmpty()
        ? Stream.of(FaultScene.Command.values())
        : Stream.of(names.split(",", -1)).map(FaultScene.Command::valueOf);
  }

  /**
   * How many a test goes through at most for so many that are met: threads share the work in
   * another way now and then, and then nothing comes to a call that was listed.
   */
  static int candidatesFor(int met) {
    return SIZE.isEmpty() ? 10 * met : met;
  }

  /** Whether a sample has met what it was to meet. */
  static boolean isEnough(int met, int wanted) {
    return SIZE.isEmpty() && met >= wanted;
  }

  /** Asserts that so many of the chosen faults befell something that the run counts. */
  static void assertMet(int met, int wanted, List<String> missed) {
    assertThat(met).as("faults met").isPositive();
    assertThat(SIZE.isEmpty() ? met >= wanted : missed.size() <= (met + missed.size()) / 4)
        .as("%d faults met, and nothing came to these:%n%s", met, String.join("\n", missed))
        .isTrue();
  }

  /** Some of these by chance, or all in their order. */
  static <T> List<T> choose(String what, List<T> all, int sample) {
    List<T> chosen = all;
    int size = ALL ? all.size() : SIZE.isEmpty() ? sample : Integer.parseInt(SIZE);
    if (size < all.size()) {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        places.add(i);
      }
      Collections.shuffle(places, new Random(SEED));
      chosen = places.subList(0, size).stream().map(all::get).toList();
    }
    System.out.printf("%s: %d of %d, seed %d%n", what, chosen.size(), all.size(), SEED);
    return chosen;
  }

  /**
   * Those to choose from: in a sample the calls of devca itself. What befalls a program that devca
   * runs is its own affair first: Debian's script, killed while it writes the shared keystore,
   * leaves it damaged.
   */
  static List<FileCall> candidates(List<FileCall> calls) {
    return SIZE.isEmpty() || OWN ? calls.stream().filter(FileCall::isDevcas).toList() : calls;
  }

  /** Which of some kinds of fault a call meets: one in turn with {@code own}, else each. */
  static List<String> kinds(List<String> kinds, int turn) {
    return OWN ? List.of(kinds.get(turn % kinds.size())) : kinds;
  }

  /** How often something is repeated. */
  static int rounds(int sample, int all) {
    return ALL ? all : sample;
  }
}
