package dev.weft.passes.knobs;

import java.util.Optional;

/**
 * The allocation whose slowest place takes as little time as possible. For a fixed order of the
 * places this replaces the integer program of Sky Computing (Zhu et al. 2022): the least time is
 * bisected down to neighbouring floating-point numbers, and {@link FittingSearch} says whether the
 * layers fit in a time.
 */
final class AllocationSearch {
  private AllocationSearch() {}

  /** Empty where the memory of the places holds no allocation. */
  static Optional<Allocation> best(AllocationProblem problem) {
    var found = within(problem, Double.MAX_VALUE);
    double low = 0;
    while (found.isPresent()) {
      double high = found.get().time();
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return found;
      }
      var better = within(problem, middle);
      if (better.isPresent()) {
        found = better;
      } else {
        low = middle;
      }
    }
    return found;
  }

  /** The least bytes by which each limit has to grow so that some allocation fits. */
  static long missingBytes(AllocationProblem problem) {
    long low = -1;
    long high = 1;
    while (!fitsWith(problem, high)) {
      low = high;
      high = Math.multiplyExact(high, 2);
    }
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (fitsWith(problem, middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static boolean fitsWith(AllocationProblem problem, long more) {
    var limits =
        problem.limits().stream().map(l -> l + Math.min(more, Long.MAX_VALUE - l)).toList();
    return within(problem.withLimits(limits), Double.MAX_VALUE).isPresent();
  }

  private static Optional<Allocation> within(AllocationProblem problem, double time) {
    return new FittingSearch(problem, time)
        .find()
        .map(counts -> new Allocation(counts, problem.time(counts)));
  }
}
