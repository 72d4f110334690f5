package dev.weft.testsuite.harness;

import java.util.ArrayList;
import java.util.List;

/** Two texts, line by line, with what they have in common shown once. */
final class UnifiedDiff {
  /** Common lines that are shown around a change. */
  private static final int CONTEXT = 3;

  /**
   * A line of the result: {@code ' '} in both, {@code '-'} in the first, {@code '+'} in the second.
   */
  private record Entry(char mark, String text) {}

  private UnifiedDiff() {}

  /**
   * The difference.
   *
   * @param name what is compared
   * @param firstLine the number of the first line of the expected text in its file
   */
  static String of(String name, int firstLine, List<String> expected, List<String> actual) {
    var entries = entries(expected, actual);
    var out = new StringBuilder("--- " + name + "\n+++ now\n");
    int line = firstLine;
    int shownTo = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (isNearChange(entries, i)) {
        if (i == 0 || shownTo < i) {
          out.append("@@ line ").append(line).append(" @@\n");
        }
        out.append(entries.get(i).mark()).append(entries.get(i).text()).append('\n');
        shownTo = i + 1;
      }
      line += entries.get(i).mark() == '+' ? 0 : 1;
    }
    return out.toString();
  }

  private static boolean isNearChange(List<Entry> entries, int index) {
    int from = Math.max(0, index - CONTEXT);
    int to = Math.min(entries.size(), index + CONTEXT + 1);
    return entries.subList(from, to).stream().anyMatch(e -> e.mark() != ' ');
  }

  private static List<Entry> entries(List<String> a, List<String> b) {
    int[][] common = commonLengths(a, b);
    var entries = new ArrayList<Entry>();
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
        entries.add(new Entry(' ', a.get(i)));
        i++;
        j++;
      } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
        entries.add(new Entry('-', a.get(i++)));
      } else {
        entries.add(new Entry('+', b.get(j++)));
      }
    }
    return entries;
  }

  /** For each pair of suffixes the length of their longest common subsequence. */
  private static int[][] commonLengths(List<String> a, List<String> b) {
    var lengths = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        lengths[i][j] =
            a.get(i).equals(b.get(j))
                ? lengths[i + 1][j + 1] + 1
                : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    return lengths;
  }
}
