package dev.weft.passes.shard;

import dev.weft.ir.graph.Function;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.type.TensorType;
import dev.weft.passes.core.WeightShares;
import java.util.List;

/**
 * How weights and their gradients lie where the plan spreads them over replicas: levels 2 and 3 of
 * optimizer sharding.
 */
record WeightStorage(Plan plan, WeightShares shares) {
  static WeightStorage of(Plan plan, Function function) {
    var over = plan.optimizerSharding().over();
    var loops = WeightShares.loops(List.of(function));
    return new WeightStorage(plan, new WeightShares(plan.mesh(), over, loops));
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
    return shares.of(use.local(type, plan.mesh()), use);
  }
}
