package dev.devca.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word that was meant, where another one was typed: the one of the fewest changes. */
final class Nearest {
  // One change in as many characters; more of them make any word of any other.
  private static final int CHARACTERS_PER_CHANGE = 3;

  private Nearest() {}

  /** The one of these words that begins like that, or the nearest, unless all of them are far. */
  static Optional<String> to(String typed, Collection<String> known) {
    Optional<String> longer = known.stream().filter(word -> word.startsWith(typed)).findFirst();
    return longer.isPresent() ? longer : nearest(typed, known);
  }

  private static Optional<String> nearest(String typed, Collection<String> known) {
    return known.stream()
        .filter(word -> distance(typed, word) <= typed.length() / CHARACTERS_PER_CHANGE)
        .min(Comparator.comparingInt(word -> distance(typed, word)));
  }

  /**
   * How many characters are to be put in, taken out, exchanged or swapped with their neighbour:
   * after Damerau, each place changed once at most.
   */
  private static int distance(String from, String to) {
    int[][] costs = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          costs[i][j] = i + j;
          continue;
        }
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int changed = 1 + Math.min(costs[i - 1][j], costs[i][j - 1]);
        costs[i][j] = Math.min(changed, costs[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
          costs[i][j] = Math.min(costs[i][j], costs[i - 2][j - 2] + 1);
        }
      }
    }
    return costs[from.length()][to.length()];
  }
}
