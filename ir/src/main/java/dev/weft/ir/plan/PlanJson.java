package dev.weft.ir.plan;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;

/**
 * The JSON form of a plan, described in {@code docs/plan.md} and {@code docs/plan.schema.json}. It
 * is meant to be read and edited by hand. What has its default may be left out.
 *
 * <pre>{@code
 * {
 *   "version": 1,
 *   "mesh": { "dp": 2, "tp": 4 },
 *   "shard": [
 *     { "axis": "batch", "over": ["dp"], "why": "data parallel" }
 *   ],
 *   "microBatches": 4,
 *   "optimizerSharding": { "level": 1, "over": ["dp"] }
 * }
 * }</pre>
 */
public final class PlanJson {
  private PlanJson() {}

  /** The same text for the same plan, on every machine. */
  public static String write(Plan plan) {
    return PlanWriter.write(plan);
  }

  /**
   * The plan of a text; absent when anything in it is wrong. A plan that is right may come with
   * warnings.
   */
  public static Checked<Plan> read(Source source) {
    return PlanReader.read(source);
  }
}
