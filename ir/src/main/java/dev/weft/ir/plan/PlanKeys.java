package dev.weft.ir.plan;

import java.util.List;

/** The keys of a plan's JSON, in the order in which they are written. */
final class PlanKeys {
  static final String VERSION = "version";
  static final String MESH = "mesh";
  static final String SHARD = "shard";
  static final String MICRO_BATCHES = "microBatches";
  static final String PIPELINE = "pipeline";
  static final String OPTIMIZER_SHARDING = "optimizerSharding";
  static final String REMAT = "remat";
  static final String OFFLOAD = "offload";
  static final String CACHE = "cache";
  static final String PREFETCH = "prefetch";

  static final String AXIS = "axis";
  static final String OVER = "over";
  static final String SCOPE = "scope";
  static final String STAGES = "stages";
  static final String WHY = "why";
  static final String SCHEDULE = "schedule";
  static final String TABLE = "table";
  static final String DEVICE = "device";
  static final String LAYERS = "layers";
  static final String LEVEL = "level";
  static final String REPLICAS = "replicas";
  static final String POLICY = "policy";
  static final String BYTES = "bytes";
  static final String RECOMPUTE = "recompute";
  static final String PEAK = "peak";

  static final List<String> PLAN =
      List.of(
          VERSION,
          MESH,
          SHARD,
          MICRO_BATCHES,
          PIPELINE,
          OPTIMIZER_SHARDING,
          REMAT,
          OFFLOAD,
          CACHE,
          PREFETCH,
          WHY);
  static final List<String> RULE = List.of(AXIS, OVER, SCOPE, STAGES, WHY);
  static final List<String> OF_PIPELINE = List.of(OVER, SCHEDULE, STAGES);
  static final List<String> OF_SCHEDULE = List.of(TABLE);
  static final List<String> STAGE = List.of(DEVICE, LAYERS);
  static final List<String> OPTIMIZER = List.of(LEVEL, OVER, REPLICAS);
  static final List<String> OF_REMAT = List.of(POLICY, BYTES, RECOMPUTE);
  static final List<String> OF_CACHE = List.of(BYTES, PEAK);

  private PlanKeys() {}

  /** The spelling of a scope. */
  static String of(AxisRule.Scope scope) {
    return switch (scope) {
      case ALL -> "all";
      case ACTIVATIONS -> "activations";
    };
  }
}
