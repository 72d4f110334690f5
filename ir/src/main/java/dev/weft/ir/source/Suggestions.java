package dev.weft.ir.source;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * The candidate nearest to a name by edit distance; empty where none is near. A candidate is near
   * when at most a third of the longer name's characters, and never less than one, must change. The
   * earliest candidate wins a tie.
   */
  public static Optional<String> closest(String name, Collection<String> candidates) {
    Optional<String> best = Optional.empty();
    int bestDistance = Integer.MAX_VALUE;
    for (var candidate : candidates) {
      int distance = distance(fold(name), fold(candidate));
      int limit = Math.max(1, Math.max(name.length(), candidate.length()) / 3);
      boolean changesAll = distance >= Math.max(name.length(), candidate.length());
      if (distance <= limit && !changesAll && distance < bestDistance) {
        best = Optional.of(candidate);
        bestDistance = distance;
      }
    }
    return best;
  }

  /**
   * The number of insertions, deletions, substitutions and swaps of neighbours between two texts,
   * no part being edited twice (optimal string alignment).
   */
  static int distance(String a, String b) {
    var rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(rows, a, b, i, j);
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int cheapest(int[][] rows, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1);
    best = Math.min(best, rows[i - 1][j - 1] + change);
    if (isSwap(a, b, i, j)) {
      best = Math.min(best, rows[i - 2][j - 2] + 1);
    }
    return best;
  }

  private static boolean isSwap(String a, String b, int i, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
