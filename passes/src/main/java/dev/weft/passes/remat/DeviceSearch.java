package dev.weft.passes.remat;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The cheapest choice for the functions of one device with which its peak stays within a limit.
 *
 * <p>Simple programs come first: as it is, as the fixed policies say, all iterations of a loop
 * alike or in equal groups. A loop in pieces is taken where it is cheaper than all of these.
 */
final class DeviceSearch {
  private final List<FunctionRegions> functions;
  private final ToLongFunction<List<Function>> peakBytes;
  private final List<List<RegionChoice>> simple = new ArrayList<>();
  private final List<List<RegionChoice>> inPieces = new ArrayList<>();
  private final Map<CombinedChoice, Long> peaks = new HashMap<>();

  /**
   * A search.
   *
   * @param frontier of what to keep of a region
   * @param peakBytes the peak with the functions rewritten, to the byte
   */
  DeviceSearch(
      List<FunctionRegions> functions,
      java.util.function.Function<KeepProblem, Frontier> frontier,
      ToLongFunction<List<Function>> peakBytes) {
    this.functions = functions;
    this.peakBytes = peakBytes;
    functions.forEach(f -> addChoices(f, frontier));
  }

  private void addChoices(
      FunctionRegions function, java.util.function.Function<KeepProblem, Frontier> search) {
    for (int i = 0; i < function.regions().size(); i++) {
      var numbered = function.regions().get(i).numbered();
      var frontier = search.apply(numbered.problem());
      var alike = RegionChoice.alike(frontier, numbered);
      var one = new ArrayList<>(alike);
      var other = new ArrayList<>(alike);
      if (i < function.loops().size()) {
        var pair = function.loops().get(i);
        one.addAll(RegionChoice.grouped(frontier, numbered, pair));
        other.addAll(LoopChain.choices(pair, numbered, frontier));
      }
      simple.add(RegionChoice.undominated(one));
      inPieces.add(RegionChoice.undominated(other));
    }
  }

  /** The rewritten functions; empty where no choice fits. */
  Optional<List<Function>> within(long limitBytes) {
    var asItIs = combined(functions.stream().map(FunctionRegions::saved).toList());
    var best = Optional.of(asItIs).filter(c -> peak(c) <= limitBytes);
    var search = new FrontierSearch(this::peak, limitBytes);
    best = cheaper(best, search.cheapest(simple, best));
    for (var policy :
        List.of(combined(policy(Policies::full)), combined(policy(Policies::selective)))) {
      if (isCheaper(policy, best) && peak(policy) <= limitBytes) {
        best = Optional.of(policy);
      }
    }
    best = cheaper(best, search.cheapest(inPieces, best));
    return best.map(this::apply);
  }

  /** The least of the peaks that were looked at. */
  long leastBytes() {
    return peaks.values().stream().mapToLong(Long::longValue).min().orElseThrow();
  }

  private List<List<Set<Value>>> policy(
      java.util.function.Function<FunctionRegions, List<Set<Value>>> policy) {
    return functions.stream().map(policy).toList();
  }

  /** Kept values of the functions' regions as a choice. */
  private CombinedChoice combined(List<List<Set<Value>>> kept) {
    var all = CombinedChoice.NONE;
    for (int f = 0; f < functions.size(); f++) {
      for (int i = 0; i < kept.get(f).size(); i++) {
        var values = kept.get(f).get(i);
        var priced = functions.get(f).regions().get(i).choice(values);
        all =
            all.with(new RegionChoice(priced.bytes(), priced.flops(), new Treatment.Alike(values)));
      }
    }
    return all;
  }

  private static Optional<CombinedChoice> cheaper(
      Optional<CombinedChoice> best, Optional<CombinedChoice> other) {
    return other.isPresent() && isCheaper(other.get(), best) ? other : best;
  }

  private static boolean isCheaper(CombinedChoice choice, Optional<CombinedChoice> than) {
    return than.isEmpty() || choice.flops() < than.get().flops();
  }

  private long peak(CombinedChoice choice) {
    return peaks.computeIfAbsent(choice, c -> peakBytes.applyAsLong(apply(c)));
  }

  private List<Function> apply(CombinedChoice choice) {
    var rewritten = new ArrayList<Function>();
    int next = 0;
    for (var function : functions) {
      int end = next + function.regions().size();
      var treatments = choice.parts().subList(next, end).stream().map(RegionChoice::treatment);
      rewritten.add(new FunctionRewrite(function).treat(treatments.toList()));
      next = end;
    }
    return rewritten;
  }
}
