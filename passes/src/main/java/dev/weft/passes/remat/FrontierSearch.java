package dev.weft.passes.remat;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * The cheapest combination of choices with which a peak stays within a limit.
 *
 * <p>Kept bytes of different regions add up where the forward turns into the backward, and so does
 * the cost of computing again: the choices of all regions combine into one frontier. Along it, from
 * the cheapest to the dearest, the predicted peak falls, so the place where it begins to fit is
 * found by bisection. Only near the end may it rise again, where what is computed again for one
 * iteration outweighs what is kept for all: if the end does not fit and nothing else does, every
 * choice is tried.
 *
 * @param peakBytes of a combination, to the byte
 */
record FrontierSearch(ToLongFunction<CombinedChoice> peakBytes, long limitBytes) {
  /** Points of the combined frontier that are looked at; what lies between is found by relaxing. */
  private static final int POINTS = 256;

  /**
   * The cheapest combination that fits; empty where none is found that is cheaper than a known one.
   *
   * @param regions the choices for each region
   */
  Optional<CombinedChoice> cheapest(
      List<List<RegionChoice>> regions, Optional<CombinedChoice> known) {
    double limitFlops = known.map(CombinedChoice::flops).orElse(Double.POSITIVE_INFINITY);
    var cheapestFirst =
        CombinedChoice.frontier(regions, POINTS).reversed().stream()
            .filter(c -> c.flops() < limitFlops)
            .toList();
    var first =
        cheapestFirst.isEmpty() || fits(cheapestFirst.getFirst())
            ? cheapestFirst.stream().findFirst()
            : known.isEmpty() && !fits(cheapestFirst.getLast())
                ? cheapestFirst.stream().filter(this::fits).findFirst()
                : bisected(cheapestFirst);
    return first.map(choice -> relaxed(choice, regions));
  }

  private boolean fits(CombinedChoice choice) {
    return peakBytes.applyAsLong(choice) <= limitBytes;
  }

  private Optional<CombinedChoice> bisected(List<CombinedChoice> cheapestFirst) {
    int low = 0;
    int high = cheapestFirst.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (fits(cheapestFirst.get(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return cheapestFirst.stream().skip(low).findFirst();
  }

  /** Region by region the cheapest choice that still fits, the dearest region first. */
  private CombinedChoice relaxed(CombinedChoice choice, List<List<RegionChoice>> regions) {
    var current = choice;
    var regionsByCost =
        IntStream.range(0, regions.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -choice.parts().get(i).flops()))
            .toList();
    for (int region : regionsByCost) {
      current = relaxed(current, region, regions.get(region));
    }
    return current;
  }

  private CombinedChoice relaxed(CombinedChoice choice, int region, List<RegionChoice> choices) {
    var cheaper =
        choices.stream()
            .filter(c -> c.flops() < choice.parts().get(region).flops())
            .sorted(Comparator.comparingDouble(RegionChoice::flops))
            .map(c -> choice.with(region, c))
            .toList();
    return bisected(cheaper).orElse(choice);
  }
}
