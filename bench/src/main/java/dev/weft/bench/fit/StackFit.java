package dev.weft.bench.fit;

import dev.weft.cli.pricing.PricedStep;
import dev.weft.passes.cluster.SoftwareSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Constants of one software stack from runs that were published: the mean of |ln(predicted /
 * measured)| over the runs, each at most 1, falls along one constant after the other until smaller
 * steps win nothing. Runs whose time nothing explains so weigh no more than others.
 *
 * @param stack the constants that were found
 * @param before the mean with the shipped constants
 * @param after the mean with those that were found
 */
record StackFit(SoftwareSpec stack, int runs, double before, double after) {
  private static final int ROUNDS = 14;
  private static final double LEAST_GAIN = 1e-5;

  /** A run and what was measured of it. */
  record Run(PricedStep step, double seconds) {
    double error(Map<StackConstant, Double> constants) {
      var moved = step.job().software();
      for (var constant : StackConstant.ALL) {
        moved = constant.with(moved, constants.getOrDefault(constant, constant.of(moved)));
      }
      double predicted = step.under(moved).price().seconds();
      return Math.min(1, Math.abs(Math.log(predicted / seconds)));
    }
  }

  static StackFit of(SoftwareSpec shipped, List<Run> runs) {
    var best = new HashMap<StackConstant, Double>();
    var steps = new HashMap<StackConstant, Double>();
    for (var constant : StackConstant.ALL) {
      best.put(constant, constant.of(shipped));
      steps.put(constant, constant.first());
    }
    double before = mean(runs, best);
    double least = before;
    for (int round = 0; round < ROUNDS; round++) {
      double reached = least;
      for (var constant : StackConstant.ALL) {
        least = improved(constant, runs, best, steps, least);
      }
      if (least == reached) {
        steps.replaceAll(StackConstant::smaller);
      }
    }
    var found = shipped;
    for (var constant : StackConstant.ALL) {
      found = constant.with(found, best.getOrDefault(constant, constant.of(found)));
    }
    return new StackFit(found, runs.size(), before, least);
  }

  private static double improved(
      StackConstant constant,
      List<Run> runs,
      Map<StackConstant, Double> best,
      Map<StackConstant, Double> steps,
      double least) {
    double value = best.getOrDefault(constant, 0.0);
    for (double tried : constant.beside(value, steps.getOrDefault(constant, 1.0))) {
      var moved = new HashMap<>(best);
      moved.put(constant, tried);
      double mean = mean(runs, moved);
      if (mean < least - LEAST_GAIN) {
        best.put(constant, tried);
        return mean;
      }
    }
    return least;
  }

  private static double mean(List<Run> runs, Map<StackConstant, Double> constants) {
    return runs.parallelStream().mapToDouble(run -> run.error(constants)).sum() / runs.size();
  }
}
