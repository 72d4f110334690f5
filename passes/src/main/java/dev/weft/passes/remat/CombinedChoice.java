package dev.weft.passes.remat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A choice for each of several regions.
 *
 * @param bytes kept in all of them
 * @param flops of computing again in all of them
 * @param parts the choice for each region, in order
 */
record CombinedChoice(long bytes, double flops, List<RegionChoice> parts) {
  static final CombinedChoice NONE = new CombinedChoice(0, 0, List.of());
  private static final Comparator<CombinedChoice> ORDER =
      Comparator.comparingLong(CombinedChoice::bytes).thenComparingDouble(CombinedChoice::flops);

  CombinedChoice {
    parts = List.copyOf(parts);
  }

  /**
   * The combinations of which none is better in both bytes and cost, from the fewest bytes to the
   * most.
   *
   * @param limit how many combinations are followed; beyond that an even part of them
   */
  static List<CombinedChoice> frontier(List<List<RegionChoice>> regions, int limit) {
    var all = List.of(NONE);
    for (var region : regions) {
      all = Thinned.to(limit, undominated(product(all, region)));
    }
    return all;
  }

  private static List<CombinedChoice> product(List<CombinedChoice> all, List<RegionChoice> region) {
    return all.stream().flatMap(one -> region.stream().map(one::with)).sorted(ORDER).toList();
  }

  /** Another choice for one region. */
  CombinedChoice with(int region, RegionChoice part) {
    var changed = new ArrayList<>(parts);
    var old = changed.set(region, part);
    return new CombinedChoice(
        bytes - old.bytes() + part.bytes(), flops - old.flops() + part.flops(), changed);
  }

  /** With a choice for one region more. */
  CombinedChoice with(RegionChoice part) {
    var more = new ArrayList<>(parts);
    more.add(part);
    return new CombinedChoice(bytes + part.bytes(), flops + part.flops(), more);
  }

  private static List<CombinedChoice> undominated(List<CombinedChoice> sorted) {
    var best = new ArrayList<CombinedChoice>();
    for (var choice : sorted) {
      if (best.isEmpty() || choice.flops() < best.getLast().flops()) {
        best.add(choice);
      }
    }
    return best;
  }
}
