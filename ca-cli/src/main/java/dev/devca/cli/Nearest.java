package dev.devca.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The word that was meant, where another one was typed: the one of the fewest changes. */
final class Nearest {
  // One change in as many characters; more of them make any word of any other.
  private static final int CHARACTERS_PER_CHANGE = 3;

  private Nearest() {}

  /** The nearest of these words, unless all of them are far. */
  static Optional<String> to(String typed, List<String> known) {
    return known.stream()
        .filter(word -> distance(typed, word) <= typed.length() / CHARACTERS_PER_CHANGE)
        .min(Comparator.comparingInt(word -> distance(typed, word)));
  }

  /** After Levenshtein: how many characters are to be put in, taken out or exchanged. */
  private static int distance(String from, String to) {
    int[] costs = new int[to.length() + 1];
    for (int j = 0; j < costs.length; j++) {
      costs[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = costs[0];
      costs[0] = i;
      for (int j = 1; j < costs.length; j++) {
        int exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = costs[j];
        costs[j] = Math.min(exchanged, 1 + Math.min(costs[j], costs[j - 1]));
      }
    }
    return costs[to.length()];
  }
}
