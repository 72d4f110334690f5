package dev.weft.passes.search;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The plans with the shortest steps of those that were offered, whatever the order of the offers.
 */
final class Ranking {
  private final TreeMap<Rank, PricedPlan> best = new TreeMap<>();

  /** The place of a plan among others; of two that take equally long that of the simpler choice. */
  private record Rank(double seconds, Choice choice) implements Comparable<Rank> {
    @Override
    public int compareTo(Rank other) {
      int bySeconds = Double.compare(seconds, other.seconds);
      return bySeconds == 0 ? choice.compareTo(other.choice) : bySeconds;
    }
  }

  /**
   * Takes a plan in if it is one of the best.
   *
   * @param plan made only then
   */
  void offer(double seconds, Choice choice, Supplier<PricedPlan> plan) {
    var rank = new Rank(seconds, choice);
    if (best.size() < Search.RANKS || rank.compareTo(best.lastKey()) < 0) {
      best.put(rank, plan.get());
      if (best.size() > Search.RANKS) {
        best.pollLastEntry();
      }
    }
  }

  /** Takes in what another has. */
  void offerAll(Ranking other) {
    other.best.forEach((rank, plan) -> offer(rank.seconds, rank.choice, () -> plan));
  }

  /** Seconds of the last rank; whatever takes longer does not matter. */
  double worst() {
    return best.size() < Search.RANKS ? Double.POSITIVE_INFINITY : best.lastKey().seconds;
  }

  /** The best first. */
  List<PricedPlan> plans() {
    return List.copyOf(best.values());
  }
}
