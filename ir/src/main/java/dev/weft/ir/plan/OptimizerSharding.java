package dev.weft.ir.plan;

import java.util.List;

/**
 * How far the optimizer's work is spread over replicas (Rajbhandari et al. 2020, "ZeRO").
 *
 * @param level 0: every replica updates all weights; 1: each updates its share of them and holds
 *     the optimizer state of that share alone
 * @param over the mesh axes of the replicas
 */
public record OptimizerSharding(int level, List<String> over) {
  public static final OptimizerSharding NONE = new OptimizerSharding(0, List.of());

  public OptimizerSharding {
    over = List.copyOf(over);
  }
}
