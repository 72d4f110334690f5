package dev.weft.ir.plan;

import java.util.List;

/** The keys of a plan's JSON, in the order in which they are written. */
final class PlanKeys {
  static final String VERSION = "version";
  static final String MESH = "mesh";
  static final String SHARD = "shard";
  static final String MICRO_BATCHES = "microBatches";
  static final String OPTIMIZER_SHARDING = "optimizerSharding";

  static final String AXIS = "axis";
  static final String OVER = "over";
  static final String SCOPE = "scope";
  static final String WHY = "why";
  static final String LEVEL = "level";

  static final List<String> PLAN = List.of(VERSION, MESH, SHARD, MICRO_BATCHES, OPTIMIZER_SHARDING);
  static final List<String> RULE = List.of(AXIS, OVER, SCOPE, WHY);
  static final List<String> OPTIMIZER = List.of(LEVEL, OVER);

  private PlanKeys() {}

  /** The spelling of a scope. */
  static String of(AxisRule.Scope scope) {
    return switch (scope) {
      case ALL -> "all";
      case ACTIVATIONS -> "activations";
    };
  }
}
