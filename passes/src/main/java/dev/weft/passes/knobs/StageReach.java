package dev.weft.passes.knobs;

import java.util.BitSet;

/**
 * From which layers on the remaining stages can have the remaining layers, at least one each, if
 * each stage had its place alone. Where each place has one stage this is all there is to know;
 * elsewhere what is out of reach here is impossible.
 *
 * <p>A dynamic program from the last stage to the first, in O(stages * layers * log layers).
 */
final class StageReach {
  private final AllocationProblem problem;
  private final LayerSums sums;
  private final double time;

  /** Entry s has the layers from which stages s, s + 1, … can go on. */
  private final BitSet[] from;

  StageReach(AllocationProblem problem, LayerSums sums, double time) {
    this.problem = problem;
    this.sums = sums;
    this.time = time;
    int stages = problem.places().size();
    from = new BitSet[stages + 1];
    from[stages] = new BitSet();
    from[stages].set(sums.count());
    for (int stage = stages - 1; stage >= 0; stage--) {
      from[stage] = starts(stage);
    }
  }

  /** Whether stages from one on can have the layers from one on. */
  boolean reaches(int stage, int layer) {
    return from[stage].get(layer);
  }

  /** The first layer after another that the stages from one on can begin with; -1 for none. */
  int next(int stage, int after) {
    return from[stage].nextSetBit(after + 1);
  }

  /** The last end of a stage that a place can have besides what it has. */
  int lastEnd(int stage, int start, LayerCost has) {
    int place = problem.places().get(stage);
    int fits = start;
    int beyond = sums.count() + 1;
    while (beyond - fits > 1) {
      int middle = (fits + beyond) >>> 1;
      if (problem.fits(place, has.plus(sums.between(start, middle)), time)) {
        fits = middle;
      } else {
        beyond = middle;
      }
    }
    return fits;
  }

  private BitSet starts(int stage) {
    var starts = new BitSet();
    var has = problem.beside().get(problem.places().get(stage));
    for (int start = 0; start < sums.count(); start++) {
      int end = next(stage + 1, start);
      if (end >= 0 && end <= lastEnd(stage, start, has)) {
        starts.set(start);
      }
    }
    return starts;
  }
}
