package dev.weft.passes.optimizer;

import dev.weft.ir.plan.Plan;
import java.util.Collection;

/** How the gradients of replicas come together, and what each replica updates. */
enum ReductionForm {
  /** The packed gradients are summed, and every replica updates everything (level 0). */
  WHOLE,
  /** The packed gradients are summed into equal shares (level 1). */
  PACKED_SHARES,
  /** Each weight's gradient lies in its share already (levels 2 and 3). */
  AS_MADE,
  /**
   * Levels 0 and 1 where replicas hold different pieces of some weights, such as different experts:
   * each weight is summed, or shared, among those that hold the same.
   */
  BY_WEIGHT;

  /**
   * The form of a plan.
   *
   * @param cutting the mesh axes that cut any weight
   */
  static ReductionForm of(Plan plan, Collection<String> cutting) {
    var sharding = plan.optimizerSharding();
    if (sharding.level() > 1) {
      return AS_MADE;
    }
    boolean differ =
        sharding.all().stream().anyMatch(a -> plan.mesh().size(a) > 1 && cutting.contains(a));
    if (differ) {
      return BY_WEIGHT;
    }
    return sharding.level() == 1 && plan.mesh().size(sharding.over()) > 1 ? PACKED_SHARES : WHOLE;
  }

  /** Into how many equal shares the packed vector is cut. */
  int shards(Plan plan) {
    return this == PACKED_SHARES ? plan.mesh().size(plan.optimizerSharding().over()) : 1;
  }
}
