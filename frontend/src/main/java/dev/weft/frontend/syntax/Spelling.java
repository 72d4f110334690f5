package dev.weft.frontend.syntax;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the word that was meant. */
final class Spelling {
  private static final int FARTHEST = 2;

  private Spelling() {}

  /** The nearest of the words, where one is at most two letters away. */
  static Optional<String> nearest(String written, List<String> words) {
    return words.stream()
        .filter(word -> distance(written, word) <= Math.min(FARTHEST, written.length() / 2))
        .min(Comparator.comparingInt(word -> distance(written, word)));
  }

  /** Letters to insert, remove, replace or swap with their neighbour. */
  private static int distance(String a, String b) {
    var d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : step(a, b, d, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int step(String a, String b, int[][] d, int i, int j) {
    int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}
