package dev.weft.passes.search;

import dev.weft.passes.search.Branching.Found;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tries every choice and rules out nothing: the truth that {@link Search} is compared with, for
 * small spaces.
 */
public final class Exhaustive {
  private Exhaustive() {}

  /** The best plans of a model for a target. */
  public static Outcome run(SearchedModel model, Target target) {
    var plans = new Plans(model);
    var space = new SearchSpace(model, target.devices(), plans);
    var branching = new Branching(model, target, plans, space);
    var layouts = space.layouts();
    var best =
        layouts.parallelStream()
            .flatMap(layout -> space.choices(layout).stream())
            .map(branching::simulated)
            .flatMap(Optional::stream)
            .toList()
            .stream()
            .sorted(
                Comparator.comparingDouble((Found f) -> f.plan().price().seconds())
                    .thenComparing(Found::choice))
            .limit(Search.RANKS)
            .map(Found::plan)
            .toList();
    long size = space.size(layouts);
    return new Outcome(List.copyOf(best), size, size);
  }
}
