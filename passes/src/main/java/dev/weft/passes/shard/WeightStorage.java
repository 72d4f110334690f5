package dev.weft.passes.shard;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How weights and their gradients lie where the plan spreads them over replicas (levels 2 and 3 of
 * optimizer sharding): one more dimension is cut, in all layers alike. A weight of which no
 * dimension is divisible stays whole.
 *
 * @param loops axes of repeats, along which layers are stacked
 */
record WeightStorage(Plan plan, Set<String> loops) {
  static WeightStorage of(Plan plan, Function function) {
    var loops =
        function
            .body()
            .allNodes()
            .map(Node::op)
            .filter(op -> op instanceof Repeat)
            .map(op -> ((Repeat) op).axis().axis())
            .collect(Collectors.toSet());
    return new WeightStorage(plan, loops);
  }

  /** Whether the weights themselves lie so between their uses. */
  boolean spreadsWeights() {
    return plan.optimizerSharding().level() >= 3;
  }

  /** Whether gradients lie so as soon as they are made. */
  boolean spreadsGradients() {
    return plan.optimizerSharding().level() >= 2;
  }

  /**
   * The layout of a weight's share.
   *
   * @param use the layout in which the weight is used
   */
  Sharding share(TensorType type, Sharding use) {
    var over = over();
    if (over.isEmpty() || use.cutting().stream().anyMatch(over::contains)) {
      return use;
    }
    // A dimension that is whole makes the simplest collective; one that is cut is cut further.
    for (boolean cut : new boolean[] {false, true}) {
      for (int d = 0; d < type.rank(); d++) {
        if (!use.dims().get(d).isEmpty() == cut && isDivisible(type, use, d)) {
          var axes = new ArrayList<>(use.dims().get(d));
          axes.addAll(over);
          return use.withDim(d, axes);
        }
      }
    }
    return use;
  }

  private List<String> over() {
    return plan.optimizerSharding().over().stream().filter(a -> plan.mesh().size(a) > 1).toList();
  }

  private boolean isDivisible(TensorType type, Sharding use, int dim) {
    long pieces = (long) plan.mesh().size(use.dims().get(dim)) * plan.mesh().size(over());
    var axis = type.dims().get(dim);
    return !loops.contains(axis.axis()) && axis.size() % pieces == 0;
  }
}
