package dev.weft.testsuite.harness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Puts what the tools print into the blocks of a file. */
final class Blessing {
  /** Lines that take the place of others. */
  private record Edit(int from, int to, List<String> lines) {}

  private final GoldenFile file;
  private final List<Edit> edits = new ArrayList<>();

  private Blessing(GoldenFile file) {
    this.file = file;
  }

  /**
   * The text of the file with every difference accepted.
   *
   * @param verdicts of its cases, in order; nothing in them is broken
   */
  static String bless(GoldenFile file, List<Verdict> verdicts) {
    var blessing = new Blessing(file);
    for (int i = 0; i < verdicts.size(); i++) {
      var of = file.cases().get(i);
      verdicts.get(i).differences().forEach(d -> d.block().ifPresent(b -> blessing.replace(b, d)));
      verdicts.get(i).differences().stream()
          .filter(d -> d.block().isEmpty())
          .forEach(d -> blessing.append(of, d));
    }
    return blessing.text();
  }

  private void replace(Block block, Difference difference) {
    edits.add(new Edit(block.line(), block.end() - 1, lines(difference)));
  }

  private void append(Case of, Difference difference) {
    int end = lastText(of.end() - 1);
    var lines = new ArrayList<>(lines(difference));
    lines.addFirst(Block.Kind.EXPECTED.mark() + difference.name());
    lines.addFirst("");
    edits.add(new Edit(end, end, lines));
  }

  private static List<String> lines(Difference difference) {
    return difference.actual().stream().map(Block::margined).toList();
  }

  /** The number of the last line up to a line that is not blank. */
  private int lastText(int line) {
    int last = line;
    while (last > 0 && file.lines().get(last - 1).isBlank()) {
      last--;
    }
    return last;
  }

  private String text() {
    var lines = new ArrayList<>(file.lines());
    var backwards = new ArrayList<>(edits.reversed());
    backwards.sort(Comparator.comparingInt(Edit::from).reversed());
    for (var edit : backwards) {
      var old = lines.subList(edit.from(), edit.to());
      old.clear();
      old.addAll(edit.lines());
    }
    return lines.stream().map(l -> l + "\n").collect(Collectors.joining());
  }
}
