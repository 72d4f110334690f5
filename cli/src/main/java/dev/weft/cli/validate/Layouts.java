package dev.weft.cli.validate;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Plans for one task that were measured beside one another: the same source, model, devices, batch
 * and sequence.
 *
 * @param task what they have in common
 * @param plans how many there are
 * @param loss how much slower the plan predicted to be the fastest is than the fastest; 0 where it
 *     is that one
 * @param tau agreement of the two orders (Kendall's tau-b): 1 where they are the same, -1 where one
 *     is the reverse of the other, 0 where either has all equal
 */
public record Layouts(Task task, int plans, double loss, double tau) {
  /** Fewer plans than this say little. */
  private static final int FEWEST = 3;

  /** What all plans of a sweep do. */
  public record Task(
      String source, String model, Sizes sizes, long devices, long batch, String cluster) {}

  /** The sweeps among some runs, in the order of their first rows. */
  public static List<Layouts> among(List<Judged> runs) {
    Map<Task, List<Judged>> groups =
        runs.stream()
            .filter(run -> !run.isOutOfMemory())
            .collect(Collectors.groupingBy(Layouts::task, LinkedHashMap::new, Collectors.toList()));
    return groups.entrySet().stream()
        .filter(group -> group.getValue().size() >= FEWEST)
        .map(group -> of(group.getKey(), group.getValue()))
        .toList();
  }

  private static Task task(Judged run) {
    var setting = run.row().setting();
    var published = run.row().run();
    return new Task(
        published.source(),
        published.model().name(),
        setting.architecture().sizes(),
        setting.devices(),
        published.plan().globalBatch().orElse(setting.batch()),
        setting.cluster());
  }

  private static Layouts of(Task task, List<Judged> runs) {
    var chosen =
        runs.stream().min(Comparator.comparingDouble(r -> r.predicted().seconds())).orElseThrow();
    double best = runs.stream().mapToDouble(Layouts::measured).min().orElseThrow();
    return new Layouts(task, runs.size(), measured(chosen) / best - 1, tau(runs));
  }

  private static double measured(Judged run) {
    return run.row().run().outcome().seconds().orElseThrow();
  }

  private static double tau(List<Judged> runs) {
    long agreement = 0;
    long measuredPairs = 0;
    long predictedPairs = 0;
    for (int i = 0; i < runs.size(); i++) {
      for (int j = 0; j < i; j++) {
        int measured = Double.compare(measured(runs.get(i)), measured(runs.get(j)));
        int predicted =
            Double.compare(runs.get(i).predicted().seconds(), runs.get(j).predicted().seconds());
        agreement += (long) measured * predicted;
        measuredPairs += Math.abs(measured);
        predictedPairs += Math.abs(predicted);
      }
    }
    double pairs = Math.sqrt((double) measuredPairs * predictedPairs);
    return pairs == 0 ? 0 : agreement / pairs;
  }
}
