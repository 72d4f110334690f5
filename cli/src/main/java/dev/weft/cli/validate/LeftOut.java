package dev.weft.cli.validate;

import dev.weft.cli.fit.StackConstants;
import dev.weft.cli.fit.StackFit;
import dev.weft.cli.fit.TimedRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the errors of a publication are with constants that have not seen it: those of the families
 * of its stacks are found from all other publications, and those of a stack from its runs in other
 * publications. A stack that only this publication ran on is as its family; a family without other
 * runs is as all families together.
 *
 * @param publication that is left out
 * @param stated errors of its runs with the shipped constants
 * @param refitted errors of its runs with the constants that have not seen them
 */
public record LeftOut(String publication, List<Double> stated, List<Double> refitted) {
  public LeftOut {
    stated = List.copyOf(stated);
    refitted = List.copyOf(refitted);
  }

  /** Each publication in turn, by name. */
  public static List<LeftOut> each(List<TimedRun> runs) {
    return runs.stream()
        .map(TimedRun::source)
        .distinct()
        .sorted()
        .map(publication -> of(publication, runs))
        .toList();
  }

  /** The errors of all runs, each with the constants that have not seen its publication. */
  public static Optional<ErrorStatistics> all(List<LeftOut> each) {
    return ErrorStatistics.of(each.stream().flatMap(one -> one.refitted().stream()).toList());
  }

  /** The median over publications of the median of their errors. */
  public static double medianOfMedians(Collection<LeftOut> each) {
    double[] medians =
        each.stream()
            .flatMap(one -> ErrorStatistics.of(one.refitted()).stream())
            .mapToDouble(ErrorStatistics::median)
            .sorted()
            .toArray();
    return medians.length == 0 ? 0 : ErrorStatistics.quantile(medians, 0.5);
  }

  private static LeftOut of(String publication, List<TimedRun> runs) {
    var own = runs.stream().filter(run -> run.source().equals(publication)).toList();
    var others = runs.stream().filter(run -> !run.source().equals(publication)).toList();
    Map<String, StackConstants> families = new TreeMap<>();
    Map<String, StackConstants> stacks = new TreeMap<>();
    var stated = new ArrayList<Double>();
    var refitted = new ArrayList<Double>();
    for (var run : own) {
      var family = families.computeIfAbsent(run.family(), f -> family(f, others));
      var stack =
          stacks.computeIfAbsent(run.stack(), s -> StackFit.ofStack(onStack(s, others), family));
      stated.add(run.step().price().seconds() / run.seconds() - 1);
      refitted.add(Math.exp(run.error(stack)) - 1);
    }
    return new LeftOut(publication, stated, refitted);
  }

  private static StackConstants family(String family, List<TimedRun> runs) {
    var own = runs.stream().filter(run -> run.family().equals(family)).toList();
    return StackFit.ofFamily(own.isEmpty() ? runs : own, StackConstants.USUAL);
  }

  private static List<TimedRun> onStack(String stack, List<TimedRun> runs) {
    return runs.stream().filter(run -> run.stack().equals(stack)).toList();
  }
}
