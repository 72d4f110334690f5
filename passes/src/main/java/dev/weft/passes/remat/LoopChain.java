package dev.weft.passes.remat;

import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Direction;
import dev.weft.passes.remat.ChainStage.Saving;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

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

  private final LoopPair pair;
  private final Region.Numbered numbered;
  private final List<KeepChoice> savings;
  private final List<Rows> links;

  private LoopChain(LoopPair pair, Region.Numbered numbered, Frontier frontier) {
    this.pair = pair;
    this.numbered = numbered;
    this.savings = Thinned.to(SAVINGS, frontier.choices());
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
    var stages = links.stream().map(this::stage).toList();
    long most =
        stages.stream()
            .mapToLong(s -> s.savings().getLast().bytes() + s.cotangentBytes())
            .sum();
    var plans = ChainSolver.frontier(stages, most, ChainSolver.SLOTS);
    double once = stages.stream().mapToDouble(ChainStage::forward).sum();
    return Thinned.to(PLANS, plans).stream()
        .map(p -> new RegionChoice(keptBytes(p), p.cost() - once, treatment(p)))
        .toList();
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
  private long keptBytes(ChainPlan plan) {
    long iterations = pair.repeat().axis().size();
    var kept = new ArrayList<Long>(Collections.nCopies(links.size(), 0L));
    long most = 0;
    for (var action : plan.actions()) {
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

  private Treatment treatment(ChainPlan plan) {
    return new Treatment.InPieces(new ChainPieces(links, sets()).steps(plan.actions()));
  }

  private List<Set<Value>> sets() {
    return IntStream.range(0, savings.size())
        .mapToObj(k -> numbered.values(savings.get(k).kept()))
        .toList();
  }
}
