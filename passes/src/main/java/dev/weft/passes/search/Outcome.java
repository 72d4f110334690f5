package dev.weft.passes.search;

import java.util.List;

/**
 * What a search has found.
 *
 * @param best the plans with the shortest steps of those that fit, best first; none where none fits
 * @param space how many combinations of knobs are legal
 * @param evaluated how many of them were simulated; bounds rule out the others
 */
public record Outcome(List<PricedPlan> best, long space, long evaluated) {
  public Outcome {
    best = List.copyOf(best);
  }
}
