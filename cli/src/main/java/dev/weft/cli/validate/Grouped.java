package dev.weft.cli.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The errors of one group of runs; either is absent where nothing was measured. */
public record Grouped(
    String name, Optional<ErrorStatistics> time, Optional<ErrorStatistics> memory) {
  /** All groups of a kind, by name. */
  public static List<Grouped> by(Grouping grouping, List<Judged> runs) {
    Map<String, List<Judged>> groups = new TreeMap<>();
    for (var run : runs) {
      for (var group : grouping.of(run)) {
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(run);
      }
    }
    return groups.entrySet().stream().map(g -> of(g.getKey(), g.getValue())).toList();
  }

  /** The errors of some runs. */
  public static Grouped of(String name, List<Judged> runs) {
    var time = runs.stream().map(Judged::timeError);
    var memory = runs.stream().map(Judged::memoryError);
    return new Grouped(
        name,
        ErrorStatistics.of(time.flatMapToDouble(e -> e.stream()).boxed().toList()),
        ErrorStatistics.of(memory.flatMapToDouble(e -> e.stream()).boxed().toList()));
  }
}
