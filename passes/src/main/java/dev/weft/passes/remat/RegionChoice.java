package dev.weft.passes.remat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What may become of one region.
 *
 * @param bytes kept where the forward turns into the backward, and while iterations are run again
 * @param flops the cost of computing again, in equivalents of floating-point operations
 */
record RegionChoice(long bytes, double flops, Treatment treatment) {
  private static final Comparator<RegionChoice> ORDER =
      Comparator.comparingLong(RegionChoice::bytes).thenComparingDouble(RegionChoice::flops);

  /**
   * The choices of a function's own body, and of a loop whose iterations are treated alike, one by
   * one.
   */
  static List<RegionChoice> alike(Frontier frontier, Region.Numbered numbered) {
    return frontier.choices().stream()
        .map(
            c ->
                new RegionChoice(
                    c.bytes(), c.flops(), new Treatment.Alike(numbered.values(c.kept()))))
        .toList();
  }

  /**
   * The choices of a loop of n iterations in groups of m: they keep n/m inputs and what m
   * iterations keep (Chen et al. 2016, section 4.2, for sqrt(n)).
   */
  static List<RegionChoice> grouped(Frontier frontier, Region.Numbered numbered, LoopPair pair) {
    var all = new ArrayList<RegionChoice>();
    long times = pair.repeat().axis().size();
    double forward = pair.forwardFlops();
    for (long size = 2; size < times && forward < RecomputeCost.NEVER; size++) {
      if (times % size == 0) {
        for (var choice : frontier.choices()) {
          long bytes = times / size * pair.carriedBytes() + choice.bytes() / times * size;
          var treatment = new Treatment.Grouped(numbered.values(choice.kept()), size);
          all.add(new RegionChoice(bytes, forward + choice.flops(), treatment));
        }
      }
    }
    return all;
  }

  /** The best of some choices; of equally good ones the first. */
  static List<RegionChoice> undominated(List<RegionChoice> choices) {
    var best = new ArrayList<RegionChoice>();
    choices.stream()
        .sorted(ORDER)
        .filter(c -> best.isEmpty() || c.flops() < best.getLast().flops())
        .forEachOrdered(best::add);
    return best;
  }
}
