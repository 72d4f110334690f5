package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.plan.CachePlan;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.type.MemorySpace;
import dev.weft.passes.cache.CacheStep;
import dev.weft.passes.cache.FurthestNextUse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The weights that lie on the host and that phases take on the device: each is fetched before a use
 * for which it is not there, and stays until others need its room more. A fetch is a node, and to
 * be evicted is to have no further use, so that nothing is decided while the program runs.
 *
 * <pre>{@code
 * call @stage0_forward %w0        // 0F0: fetches w0
 * call @stage0_forward %w0        // 0F1: it is there
 * call @stage2_forward %w2        // 2F0: fetches w2 in its place
 * }</pre>
 */
final class FetchedWeights {
  private final Builder builder;
  private final List<CacheStep<Port>> steps;
  private final Map<Port, Value> here = new HashMap<>();

  /**
   * The fetched weights of a program.
   *
   * @param calls the functions that it calls, in order
   */
  FetchedWeights(Plan plan, List<Function> calls, Builder builder) {
    this.builder = builder;
    var uses = calls.stream().map(f -> onDevice(f, plan)).toList();
    var bytes = new HashMap<Port, Long>();
    uses.forEach(use -> use.forEach((port, param) -> bytes.put(port, param.type().bytes())));
    var sequence = uses.stream().<Set<Port>>map(Map::keySet).map(LinkedHashSet::new).toList();
    long capacity = plan.cache() instanceof CachePlan.Size(long size) ? size : 0;
    this.steps = FurthestNextUse.plan(sequence, p -> bytes.getOrDefault(p, 0L), capacity);
  }

  /** What a function takes on the device of weights that lie on the host. */
  private static Map<Port, Param> onDevice(Function function, Plan plan) {
    var taken = new LinkedHashMap<Port, Param>();
    for (int i : function.inputIndices(Port.Weight.class)) {
      var param = function.body().params().get(i);
      if (WeightsHome.of(plan) == MemorySpace.HOST && param.type().space() == MemorySpace.DEVICE) {
        taken.put(function.inputs().get(i), param);
      }
    }
    return taken;
  }

  /** Fetches what a call needs that is not here. */
  void advance(int call, Map<Port, Param> weights) {
    var step = steps.get(call);
    step.evicted().forEach(here::remove);
    for (var port : step.fetched()) {
      var home = Objects.requireNonNull(weights.get(port));
      here.put(port, WeightsHome.moved(home, MemorySpace.DEVICE, builder));
    }
  }

  /** A weight that is on the device. */
  Optional<Value> find(Port weight) {
    return Optional.ofNullable(here.get(weight));
  }
}
