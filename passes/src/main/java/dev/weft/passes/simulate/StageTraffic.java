package dev.weft.passes.simulate;

import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.Plan;

/**
 * What the price of a stage depends on, of the ways to save memory that leave the program as it is:
 * the traffic of each micro-batch. The state of the optimizer moves once in a step.
 *
 * @param level of optimizer sharding; 0 also for the first, which changes nothing before the update
 * @param weights whether they come from the host
 * @param activations whether they go to the host
 */
record StageTraffic(int level, boolean weights, boolean activations) {
  private static final int FIRST_WITH_TRAFFIC = 2;

  static StageTraffic of(Plan plan) {
    int level = plan.optimizerSharding().level();
    return new StageTraffic(
        level < FIRST_WITH_TRAFFIC ? 0 : level,
        plan.offload().contains(Offload.PARAMS),
        plan.offload().contains(Offload.ACTIVATIONS));
  }
}
