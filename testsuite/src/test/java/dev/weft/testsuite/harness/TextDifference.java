package dev.weft.testsuite.harness;

import java.util.ArrayList;
import java.util.List;

/** Two texts side by side: lines of the first alone with `-`, of the second alone with `+`. */
final class TextDifference {
  private static final int CONTEXT = 2;

  private TextDifference() {}

  /** Changed lines with a little of what stands around them. */
  static String of(List<String> old, List<String> now) {
    var all = merged(old, now);
    var out = new StringBuilder();
    boolean skipping = false;
    for (int i = 0; i < all.size(); i++) {
      if (nearChange(all, i)) {
        out.append(all.get(i)).append('\n');
        skipping = false;
      } else if (!skipping) {
        out.append("  …\n");
        skipping = true;
      }
    }
    return out.toString();
  }

  private static boolean nearChange(List<String> lines, int at) {
    int from = Math.max(0, at - CONTEXT);
    int to = Math.min(lines.size(), at + CONTEXT + 1);
    return lines.subList(from, to).stream().anyMatch(line -> !line.startsWith(" "));
  }

  /** By the longest common subsequence. */
  private static List<String> merged(List<String> a, List<String> b) {
    var common = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        common[i][j] =
            a.get(i).equals(b.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    var lines = new ArrayList<String>();
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
        lines.add("  " + a.get(i));
        i++;
        j++;
      } else if (j < b.size() && (i == a.size() || common[i][j + 1] > common[i + 1][j])) {
        lines.add("+ " + b.get(j++));
      } else {
        lines.add("- " + a.get(i++));
      }
    }
    return lines;
  }
}
