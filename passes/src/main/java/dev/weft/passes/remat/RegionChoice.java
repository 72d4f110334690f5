package dev.weft.passes.remat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is kept of one region, and in what units it is computed again.
 *
 * @param bytes kept where the forward turns into the backward, and while one group is run again
 * @param flops the cost of computing again, in equivalents of floating-point operations
 * @param keep which values of an iteration are kept
 * @param group how many iterations of a loop are run again as a whole, from their first's inputs,
 *     before their backward; 1 where none are
 */
record RegionChoice(long bytes, double flops, KeepChoice keep, long group) {
  private static final Comparator<RegionChoice> ORDER =
      Comparator.comparingLong(RegionChoice::bytes).thenComparingDouble(RegionChoice::flops);

  /**
   * The choices of a function's own body, and of a loop whose iterations are treated one by one.
   */
  static List<RegionChoice> ungrouped(Frontier frontier) {
    return frontier.choices().stream()
        .map(c -> new RegionChoice(c.bytes(), c.flops(), c, 1))
        .toList();
  }

  /**
   * The choices of a loop: besides treating the iterations one by one, groups of them. A loop of n
   * iterations in groups of m keeps n/m inputs and what m iterations keep (Chen et al. 2016,
   * section 4.2, for sqrt(n)).
   */
  static List<RegionChoice> grouped(Frontier frontier, LoopPair pair) {
    var all = new ArrayList<>(ungrouped(frontier));
    long times = pair.repeat().axis().size();
    double forward =
        times * pair.forwardBody().nodes().stream().mapToDouble(RecomputeCost::flops).sum();
    for (long size = 2; size < times && forward < RecomputeCost.NEVER; size++) {
      if (times % size == 0) {
        for (var choice : frontier.choices()) {
          long bytes = times / size * pair.carriedBytes() + choice.bytes() / times * size;
          all.add(new RegionChoice(bytes, forward + choice.flops(), choice, size));
        }
      }
    }
    return undominated(all);
  }

  private static List<RegionChoice> undominated(List<RegionChoice> choices) {
    var best = new ArrayList<RegionChoice>();
    choices.stream()
        .sorted(ORDER)
        .filter(c -> best.isEmpty() || c.flops() < best.getLast().flops())
        .forEachOrdered(best::add);
    return best;
  }
}
