package dev.weft.passes.remat;

import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Direction;
import dev.weft.passes.remat.ChainStage.Saving;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A loop as a chain: its iterations are the stages, several at a time where there are many, and
 * what a stage may keep is every best choice of what to keep of an iteration.
 */
final class LoopChain {
  /** Enough to tell iterations apart where it matters; the solver takes the third power of it. */
  private static final int STAGES = 16;

  /** What a stage may keep is followed in so many sizes. */
  private static final int SAVINGS = 8;

  /** So many executions of different memory are handed on. */
  private static final int PLANS = 48;

  /**
   * A further piece has to save more than this part of running the loop forward, or the program
   * would only be longer.
   */
  private static final double WORTH_A_PIECE = 0.005;

  private final LoopPair pair;
  private final List<KeepChoice> savings;
  private final List<Set<Value>> sets;
  private final List<Rows> links;

  private LoopChain(LoopPair pair, Region.Numbered numbered, Frontier frontier) {
    this.pair = pair;
    this.savings = Thinned.to(SAVINGS, frontier.choices());
    this.sets = savings.stream().map(c -> numbered.values(c.kept())).toList();
    this.links = links(pair.repeat().axis().size());
  }

  /** The best ways to treat the iterations of a loop in pieces, from the fewest bytes on. */
  static List<RegionChoice> choices(LoopPair pair, Region.Numbered numbered, Frontier frontier) {
    boolean isChain =
        pair.repeat().direction() == Direction.FORWARD
            && pair.repeat().axis().size() > 1
            && pair.forwardFlops() < RecomputeCost.NEVER;
    return isChain ? new LoopChain(pair, numbered, frontier).choices() : List.of();
  }

  private static List<Rows> links(long iterations) {
    long size = Math.ceilDiv(iterations, STAGES);
    var links = new ArrayList<Rows>();
    for (long first = 0; first < iterations; first += size) {
      links.add(Rows.between(first, Math.min(iterations, first + size)));
    }
    return links;
  }

  private List<RegionChoice> choices() {
    var all = new ArrayList<RegionChoice>();
    for (int link = 1; link < links.size(); link++) {
      for (int early = 0; early < savings.size(); early++) {
        for (int late = early + 1; late < savings.size(); late++) {
          all.add(choice(twoSavings(link, early, late)));
        }
      }
    }
    var stages = links.stream().map(this::stage).toList();
    long most =
        stages.stream().mapToLong(s -> s.savings().getLast().bytes() + s.cotangentBytes()).sum();
    Thinned.to(PLANS, ChainSolver.frontier(stages, most, ChainSolver.SLOTS))
        .forEach(plan -> all.add(choice(plan.actions())));
    return RegionChoice.undominated(all);
  }

  /**
   * The last iterations keep more: when the others compute again, what these kept is gone.
   *
   * @param link of the first that keeps more
   */
  private List<ChainAction> twoSavings(int link, int early, int late) {
    var actions = new ArrayList<ChainAction>();
    for (int i = 0; i < links.size(); i++) {
      actions.add(new ChainAction.ForwardSaving(i, i < link ? early : late));
    }
    for (int i = links.size() - 1; i >= 0; i--) {
      actions.add(new ChainAction.Backward(i));
    }
    return actions;
  }

  private RegionChoice choice(List<ChainAction> actions) {
    var steps = new ChainPieces(links, sets).steps(actions);
    long pieces = steps.stream().filter(s -> s instanceof LoopStep.Save).count();
    double tolerance = WORTH_A_PIECE * pieces * pair.forwardFlops();
    return new RegionChoice(
        keptBytes(actions), againFlops(actions) + tolerance, new Treatment.InPieces(steps));
  }

  /** What an execution computes more than once. */
  private double againFlops(List<ChainAction> actions) {
    double perIteration = pair.forwardFlops() / pair.repeat().axis().size();
    double flops = -pair.forwardFlops();
    for (var action : actions) {
      long rows = links.get(action.stage()).count();
      if (!(action instanceof ChainAction.Backward)) {
        flops += rows * perIteration;
      }
      if (action instanceof ChainAction.ForwardSaving(_, int saving)) {
        flops += savings.get(saving).flops() * rows / pair.repeat().axis().size();
      }
    }
    return flops;
  }

  private ChainStage stage(Rows rows) {
    long iterations = pair.repeat().axis().size();
    double part = (double) rows.count() / iterations;
    long most = savings.getLast().bytes() / iterations;
    var each = new ArrayList<Saving>();
    for (var choice : savings) {
      long one = choice.bytes() / iterations;
      long kept = Math.max(one * rows.count(), pair.carriedBytes());
      // What is computed again is there for one iteration at a time.
      each.add(new Saving(kept, choice.flops() * part, most - one));
    }
    return new ChainStage(
        pair.forwardFlops() * part, pair.carriedBytes(), pair.carriedBytes(), 0, each);
  }

  /** The most that an execution keeps at once. */
  private long keptBytes(List<ChainAction> actions) {
    long iterations = pair.repeat().axis().size();
    var kept = new ArrayList<Long>(Collections.nCopies(links.size(), 0L));
    long most = 0;
    for (var action : actions) {
      int link = action.stage();
      switch (action) {
        case ChainAction.Forward _ -> {}
        case ChainAction.ForwardKeepingInput _ -> kept.set(link, pair.carriedBytes());
        case ChainAction.ForwardSaving(_, int saving) ->
            kept.set(link, savings.get(saving).bytes() / iterations * links.get(link).count());
        case ChainAction.Backward _ -> kept.set(link, 0L);
      }
      most = Math.max(most, kept.stream().mapToLong(Long::longValue).sum());
    }
    return most;
  }
}
