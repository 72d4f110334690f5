package dev.weft.passes.remat;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The regions of a differentiated function: its own body, and its pairs of loops.
 *
 * @param loops the pairs of loops; the region of the same place in {@code regions} is a pair's
 * @param regions those of the loops, then that of the body
 */
record FunctionRegions(
    Function function, ForwardPart forward, List<LoopPair> loops, List<Region> regions) {

  static FunctionRegions of(Function function) {
    var forward = ForwardPart.of(function);
    var loops = LoopPair.in(forward);
    var held = forward.held();
    var regions = new ArrayList<Region>();
    loops.forEach(pair -> regions.add(pair.region(held)));
    regions.add(body(forward, held));
    return new FunctionRegions(function, forward, loops, regions);
  }

  /** The values of a region that belong to the core of an attention. */
  Set<Value> attentionCore(Region region) {
    var weights = forward.weights();
    if (region.equals(body())) {
      return AttentionCore.of(region.nodes(), weights);
    }
    var pair = loops.get(regions.indexOf(region));
    var fixed = AttentionCore.fixed(body().nodes(), weights);
    return AttentionCore.of(region.nodes(), pair.paramsFrom(fixed));
  }

  /** What is kept of each region now. */
  List<Set<Value>> saved() {
    return regions.stream().map(Region::saved).toList();
  }

  Region body() {
    return regions.getLast();
  }

  private static Region body(ForwardPart forward, Set<Value> held) {
    var needed = new LinkedHashSet<Value>();
    var price = new HashMap<Value, Long>();
    held.forEach(v -> price.put(v, 0L));
    boolean turned = false;
    for (var node : forward.function().body().nodes()) {
      if (!forward.contains(node)) {
        turned |= node.op() instanceof Repeat;
        read(node, forward, turned, needed, price);
      }
    }
    forward.outputs().forEach(v -> price.put(v, 0L));
    return new Region("", 1, forward.inOrder(), Set.copyOf(needed), needed, price);
  }

  /**
   * What is read before the first loop of the backward is read where memory is fullest: it would be
   * there again at once.
   */
  private static void read(
      Node node, ForwardPart forward, boolean turned, Set<Value> needed, Map<Value, Long> price) {
    for (var value : node.operands()) {
      if (forward.contains(value) && needed.add(value) && !turned && value instanceof Result) {
        price.put(value, 0L);
      }
    }
  }
}
