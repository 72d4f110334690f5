package dev.weft.passes.remat;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Value;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * The cheapest choice with which a device's peak stays within a limit.
 *
 * <p>Kept bytes of different regions add up where the forward turns into the backward, and so does
 * the cost of computing again: the choices of all regions combine into one frontier. Along it, from
 * the cheapest to the dearest, the predicted peak falls, so the place where it begins to fit is
 * found by bisection. Only near the end may it rise again, where what is computed again for one
 * iteration outweighs what is kept for all: if the end does not fit, every choice is tried.
 */
final class BudgetSearch {
  /** Points of the combined frontier that are looked at; what lies between is found by relaxing. */
  private static final int POINTS = 64;

  private final Module module;
  private final ToLongFunction<Module> peakBytes;
  private final List<FunctionRegions> functions;
  private final List<CombinedChoice> cheapestFirst;
  private final List<List<RegionChoice>> choices = new ArrayList<>();
  private final List<Region.Numbered> regions = new ArrayList<>();
  private final Map<CombinedChoice, Long> peaks = new HashMap<>();

  BudgetSearch(Module module, ToLongFunction<Module> peakBytes) {
    this.module = module;
    this.peakBytes = peakBytes;
    this.functions = module.functions().stream().map(FunctionRegions::of).toList();
    for (var function : functions) {
      for (int i = 0; i < function.regions().size(); i++) {
        var numbered = function.regions().get(i).numbered();
        var frontier = KeepSearch.EXACT_FOR_BLOCKS.search(numbered.problem());
        regions.add(numbered);
        choices.add(
            i < function.loops().size()
                ? RegionChoice.grouped(frontier, function.loops().get(i))
                : RegionChoice.ungrouped(frontier));
      }
    }
    this.cheapestFirst = CombinedChoice.frontier(choices, POINTS).reversed();
  }

  Checked<Module> within(long limitBytes) {
    long nowBytes = peakBytes.applyAsLong(module);
    int first = firstWithin(limitBytes);
    boolean staysAsItIs =
        nowBytes <= limitBytes
            && (first == cheapestFirst.size() || nowFlops() <= cheapestFirst.get(first).flops());
    if (staysAsItIs) {
      return Checked.ok(module);
    }
    return first < cheapestFirst.size()
        ? Checked.ok(apply(relaxed(cheapestFirst.get(first), limitBytes)))
        : Checked.failed(tooSmall(limitBytes, leastBytes(nowBytes)));
  }

  /** The place of the first choice that fits; the number of choices where none does. */
  private int firstWithin(long limitBytes) {
    int low = 0;
    int high = cheapestFirst.size() - 1;
    if (peak(high) > limitBytes) {
      int place = 0;
      while (place < cheapestFirst.size() && peak(place) > limitBytes) {
        place++;
      }
      return place;
    }
    while (low < high) {
      int middle = (low + high) / 2;
      if (peak(middle) <= limitBytes) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * Region by region the cheapest choice that still fits, the dearest region first: the stages of a
   * pipeline lie on different devices, of which only the fullest had to save.
   */
  private CombinedChoice relaxed(CombinedChoice choice, long limitBytes) {
    var current = choice;
    var regionsByCost =
        IntStream.range(0, regions.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -choice.parts().get(i).flops()))
            .toList();
    for (int region : regionsByCost) {
      current = relaxed(current, region, limitBytes);
    }
    return current;
  }

  private CombinedChoice relaxed(CombinedChoice choice, int region, long limitBytes) {
    var cheaper =
        choices.get(region).stream()
            .filter(c -> c.flops() < choice.parts().get(region).flops())
            .sorted(Comparator.comparingDouble(RegionChoice::flops))
            .toList();
    int low = 0;
    int high = cheaper.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (peak(choice.with(region, cheaper.get(middle))) <= limitBytes) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < cheaper.size() ? choice.with(region, cheaper.get(low)) : choice;
  }

  private long peak(int place) {
    return peak(cheapestFirst.get(place));
  }

  private long peak(CombinedChoice choice) {
    return peaks.computeIfAbsent(choice, c -> peakBytes.applyAsLong(apply(c)));
  }

  private long leastBytes(long nowBytes) {
    return peaks.values().stream().mapToLong(Long::longValue).reduce(nowBytes, Math::min);
  }

  /** What the program costs as it is, counted as the choices are. */
  private double nowFlops() {
    return functions.stream()
        .flatMap(f -> f.regions().stream())
        .mapToDouble(r -> r.now().flops())
        .sum();
  }

  private Module apply(CombinedChoice choice) {
    var rewritten = new ArrayList<Function>();
    int next = 0;
    for (var function : functions) {
      int end = next + function.regions().size();
      rewritten.add(apply(function, next, choice.parts().subList(next, end)));
      next = end;
    }
    return module.withFunctions(rewritten);
  }

  private Function apply(FunctionRegions function, int firstRegion, List<RegionChoice> choices) {
    var kept = new ArrayList<Set<Value>>();
    var groups = new ArrayList<Long>();
    for (int i = 0; i < choices.size(); i++) {
      kept.add(regions.get(firstRegion + i).values(choices.get(i).keep().kept()));
      groups.add(choices.get(i).group());
    }
    return new FunctionRewrite(function).rewrite(kept, groups);
  }

  private static Diagnostic tooSmall(long limitBytes, long leastBytes) {
    return Diagnostic.of(
        RematCode.BUDGET_TOO_SMALL,
        Span.NONE,
        "a device needs at least %,d bytes, more than the budget of %,d"
            .formatted(leastBytes, limitBytes));
  }
}
