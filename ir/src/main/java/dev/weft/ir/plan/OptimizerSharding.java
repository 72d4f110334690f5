package dev.weft.ir.plan;

import java.util.List;

/**
 * How far the optimizer's work is spread over replicas (Rajbhandari et al. 2020, "ZeRO").
 *
 * @param level 0: every replica updates all weights; 1: each updates its share of them and holds
 *     the optimizer state of that share alone; 2: it also holds the gradients of that share alone;
 *     3: it also holds that share of the weights alone, and gathers them for use
 * @param over the mesh axes of the replicas among which the shares are
 * @param replicas further mesh axes of replicas, which hold the same shares (the hybrid form)
 */
public record OptimizerSharding(int level, List<String> over, List<String> replicas) {
  public static final int GREATEST_LEVEL = 3;

  public static final OptimizerSharding NONE = new OptimizerSharding(0, List.of());

  public OptimizerSharding {
    over = List.copyOf(over);
    replicas = List.copyOf(replicas);
  }

  /** Shares among all replicas. */
  public OptimizerSharding(int level, List<String> over) {
    this(level, over, List.of());
  }

  /** Every mesh axis over which gradients are summed, those of the shares first. */
  public List<String> all() {
    return java.util.stream.Stream.concat(over.stream(), replicas.stream()).toList();
  }
}
