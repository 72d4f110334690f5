package dev.weft.passes.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Looks for the plans with the shortest steps: best first by lower bounds, so that nothing is
 * simulated that a bound rules out, and what is found is what trying everything would find (Land
 * and Doig 1960, branch and bound).
 *
 * <pre>{@code
 * Outcome outcome = Search.run(model, target);
 * }</pre>
 *
 * <p>Sets of choices are looked into in rounds. Those of one round are shared among threads, and
 * what they find is put together in their order, so that threads change nothing but the time.
 */
public final class Search {
  /** How many plans are found, the best first. */
  public static final int RANKS = 10;

  /** Sets of one round: enough work for some threads, not much in vain. */
  private static final int ROUND = 16;

  private final Branching branching;
  private final SearchSpace space;
  private final PriorityQueue<Waiting> queue =
      new PriorityQueue<>(
          Comparator.comparingDouble((Waiting w) -> w.open.seconds())
              .thenComparingLong(Waiting::number));
  private final Ranking best = new Ranking();
  private long evaluated;
  private long number;

  /** A set in the queue; of those with one bound the first comes first. */
  private record Waiting(Open open, long number) {}

  private Search(SearchedModel model, Target target) {
    var plans = new Plans(model);
    this.space = new SearchSpace(model, target.devices(), plans);
    this.branching = new Branching(model, target, plans, space);
  }

  /** The best plans of a model for a target. */
  public static Outcome run(SearchedModel model, Target target) {
    return new Search(model, target).run();
  }

  private Outcome run() {
    var layouts = space.layouts();
    branching.roots(layouts).forEach(this::push);
    while (!queue.isEmpty()) {
      var round = round();
      if (round.isEmpty()) {
        break;
      }
      round.parallelStream().map(branching::branch).toList().forEach(this::take);
    }
    return new Outcome(Reasons.explained(best.plans()), space.size(layouts), evaluated);
  }

  private List<Open> round() {
    var round = new ArrayList<Open>();
    while (round.size() < ROUND
        && !queue.isEmpty()
        && queue.peek().open.seconds() <= best.worst()) {
      round.add(queue.remove().open);
    }
    return round;
  }

  private void take(Branching.Branches branches) {
    evaluated += branches.evaluated();
    branches.open().forEach(this::push);
    for (var found : branches.found()) {
      best.offer(found.plan().price().seconds(), found.choice(), found::plan);
    }
  }

  private void push(Open open) {
    if (open.seconds() <= best.worst()) {
      queue.add(new Waiting(open, number++));
    }
  }
}
