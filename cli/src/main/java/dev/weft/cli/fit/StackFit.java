package dev.weft.cli.fit;

import dev.weft.passes.fit.LeastDeviations;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds constants of stacks, in two steps, so that what few runs say does not lead far from what
 * many say.
 *
 * <p>The constants of a family are those with the least mean of |ln(predicted / measured)| over its
 * runs ({@link LeastDeviations}); sources weigh as the square root of their runs. The constants of
 * a stack have the least of the same sum over its own runs and {@value #TIE} times their squared
 * distance to those of the family, in usual spreads.
 */
public final class StackFit {
  /** What a distance of one spread costs, in errors of one run. */
  private static final double TIE = 0.1;

  private static final int RUNS_OF_A_SOURCE = 40;
  private static final int RUNS_OF_A_STACK = 250;

  /** A weight above which more runs of one source say no more. */
  private static final int HEAVIEST = 200;

  /** Where a search begins for disturbed stacks: hosts that wait a second for each micro-batch. */
  private static final StackConstants DISTURBED =
      new StackConstants(0.95, 2, 2, 1, 1e-4, 2e-4, 0.3, 0.3, 0.1);

  private StackFit() {}

  private record Weighed(TimedRun run, double weight) {}

  /** The constants of a family from the typical of its runs; the start where it has none. */
  public static StackConstants ofFamily(List<TimedRun> runs, StackConstants start) {
    var bySource =
        runs.stream()
            .filter(TimedRun::isTypical)
            .collect(Collectors.groupingBy(TimedRun::source, TreeMap::new, Collectors.toList()));
    var weighed = new ArrayList<Weighed>();
    for (List<TimedRun> all : bySource.values()) {
      var some = spaced(all, RUNS_OF_A_SOURCE);
      double weight = Math.sqrt(Math.min(all.size(), HEAVIEST)) / some.size();
      some.forEach(run -> weighed.add(new Weighed(run, weight)));
    }
    return weighed.isEmpty()
        ? start
        : new StackConstants(search(weighed, start, TIE / weighed.size()).minimize(start.values()));
  }

  /**
   * The constants of a stack from its runs.
   *
   * @param family those of its family, which they are where the stack has no runs
   */
  public static StackConstants ofStack(List<TimedRun> runs, StackConstants family) {
    if (runs.isEmpty()) {
      return family;
    }
    var some = spaced(runs, RUNS_OF_A_STACK).stream().map(run -> new Weighed(run, 1)).toList();
    var search = search(some, family, TIE / runs.size());
    var one = search.minimize(family.values());
    if (runs.stream().allMatch(TimedRun::isTypical)) {
      return new StackConstants(one);
    }
    var other = search.minimize(DISTURBED.values());
    return new StackConstants(search.cost(one) <= search.cost(other) ? one : other);
  }

  /** The mean of |ln(predicted / measured)|. */
  public static double mean(List<TimedRun> runs, StackConstants constants) {
    return runs.parallelStream().map(run -> Math.abs(run.error(constants))).toList().stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(0);
  }

  private static LeastDeviations search(List<Weighed> runs, StackConstants expected, double tie) {
    return new LeastDeviations(
        point -> errors(runs, new StackConstants(point)),
        runs.stream().mapToDouble(Weighed::weight).toArray(),
        StackConstant.ALL.stream().mapToDouble(StackConstant::least).toArray(),
        StackConstant.ALL.stream().mapToDouble(StackConstant::greatest).toArray(),
        expected.values(),
        StackConstant.ALL.stream().mapToDouble(c -> tie / c.spread() / c.spread()).toArray());
  }

  private static double[] errors(List<Weighed> runs, StackConstants constants) {
    return runs.parallelStream().mapToDouble(w -> w.run().error(constants)).toArray();
  }

  /** At most so many, evenly spaced. */
  private static List<TimedRun> spaced(List<TimedRun> runs, int most) {
    int count = Math.min(most, runs.size());
    var some = new ArrayList<TimedRun>(count);
    for (int i = 0; i < count; i++) {
      some.add(runs.get((int) ((long) i * runs.size() / count)));
    }
    return some;
  }
}
