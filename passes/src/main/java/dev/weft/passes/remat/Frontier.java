package dev.weft.passes.remat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The choices of which none is better in both bytes and cost.
 *
 * @param choices from the fewest bytes to the most, so from the highest cost to the lowest
 * @param cutOff what a search that reached its limit gave up: no completion of such a choice takes
 *     fewer bytes or costs less. Empty where the frontier is exact
 */
public record Frontier(List<KeepChoice> choices, List<KeepChoice> cutOff) {
  private static final Comparator<KeepChoice> ORDER =
      Comparator.comparingLong(KeepChoice::bytes).thenComparingDouble(KeepChoice::flops);

  public Frontier {
    choices = undominated(choices);
    cutOff = undominated(cutOff);
  }

  public boolean isExact() {
    return cutOff.isEmpty();
  }

  /** The cheapest choice within a number of bytes. */
  public Optional<KeepChoice> within(long bytes) {
    return choices.reversed().stream().filter(c -> c.bytes() <= bytes).findFirst();
  }

  /** By how much the cheapest choice within a number of bytes may miss the optimum, at most. */
  public double gapFlops(long bytes) {
    double bound =
        cutOff.stream()
            .filter(c -> c.bytes() <= bytes)
            .mapToDouble(KeepChoice::flops)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return within(bytes).map(c -> Math.max(0, c.flops() - bound)).orElse(0.0);
  }

  /** The best of the choices, from the fewest bytes to the most; equal ones once. */
  static List<KeepChoice> undominated(List<KeepChoice> choices) {
    var best = new ArrayList<KeepChoice>();
    choices.stream()
        .sorted(ORDER)
        .filter(c -> best.isEmpty() || c.flops() < best.getLast().flops())
        .forEachOrdered(best::add);
    return List.copyOf(best);
  }
}
