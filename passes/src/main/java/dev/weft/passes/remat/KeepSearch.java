package dev.weft.passes.remat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every best choice of a {@link KeepProblem} at once, by dynamic programming over the steps from
 * the last to the first.
 *
 * <p>When a step is reached, all its readers are decided, so it is known whether the backward needs
 * one of its results. Then it is either kept, which costs bytes, or computed again, which costs
 * time and makes its operands needed. What the future depends on is the set of needed values alone:
 * of two partial choices with the same set, one that is better in bytes and in cost replaces the
 * other. The sets are as many as the graph is wide, not as it is long.
 *
 * @param limit how many partial choices are followed; beyond that the least promising are given up
 *     and bound the gap of the answer
 */
public record KeepSearch(int limit) {
  /** Enough for the blocks of every model that we know; a block of a GPT needs a few hundred. */
  public static final KeepSearch EXACT_FOR_BLOCKS = new KeepSearch(20_000);

  /** A choice for the steps from some place to the end. */
  private record Partial(BitSet needed, KeepChoice choice) {}

  public Frontier search(KeepProblem problem) {
    var partials = List.of(new Partial(problem.needed(), new KeepChoice(0, 0, new BitSet())));
    var cutOff = new ArrayList<KeepChoice>();
    for (var step : problem.steps().reversed()) {
      var next = partials.stream().flatMap(p -> decide(problem, step, p)).toList();
      partials = narrow(best(next), cutOff);
    }
    var complete = partials.stream().map(p -> keep(problem, p, p.needed()).choice()).toList();
    return new Frontier(complete, cutOff);
  }

  private static Stream<Partial> decide(KeepProblem problem, Computation step, Partial partial) {
    var wanted = new BitSet();
    step.results().forEach(wanted::set);
    wanted.and(partial.needed());
    if (wanted.isEmpty()) {
      return Stream.of(partial);
    }
    var kept = keep(problem, partial, wanted);
    return step.isRepeatable() ? Stream.of(kept, again(step, partial, wanted)) : Stream.of(kept);
  }

  private static Partial keep(KeepProblem problem, Partial partial, BitSet wanted) {
    var needed = (BitSet) partial.needed().clone();
    needed.andNot(wanted);
    var choice = partial.choice();
    var kept = choice.kept();
    kept.or(wanted);
    long bytes = choice.bytes() + problem.bytes(wanted);
    return new Partial(needed, new KeepChoice(bytes, choice.flops(), kept));
  }

  private static Partial again(Computation step, Partial partial, BitSet wanted) {
    var needed = (BitSet) partial.needed().clone();
    needed.andNot(wanted);
    step.operands().forEach(needed::set);
    var choice = partial.choice();
    var costlier = new KeepChoice(choice.bytes(), choice.flops() + step.flops(), choice.kept());
    return new Partial(needed, costlier);
  }

  /** Without those that another one with the same future covers. */
  private static List<Partial> best(List<Partial> partials) {
    Map<BitSet, List<KeepChoice>> byNeeded = new LinkedHashMap<>();
    for (var partial : partials) {
      byNeeded.computeIfAbsent(partial.needed(), _ -> new ArrayList<>()).add(partial.choice());
    }
    return byNeeded.entrySet().stream()
        .flatMap(
            e -> Frontier.undominated(e.getValue()).stream().map(c -> new Partial(e.getKey(), c)))
        .toList();
  }

  /** Follows the most promising only: those on the frontier of all, then those that need least. */
  private List<Partial> narrow(List<Partial> partials, List<KeepChoice> cutOff) {
    if (partials.size() <= limit) {
      return partials;
    }
    var all = partials.stream().map(Partial::choice).toList();
    var front = new HashSet<>(Frontier.undominated(all));
    var promising =
        partials.stream()
            .sorted(
                Comparator.comparing((Partial p) -> !front.contains(p.choice()))
                    .thenComparingInt(p -> p.needed().cardinality()))
            .toList();
    promising.subList(limit, promising.size()).forEach(p -> cutOff.add(p.choice()));
    return promising.subList(0, limit);
  }
}
