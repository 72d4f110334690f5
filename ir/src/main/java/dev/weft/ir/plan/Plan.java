package dev.weft.ir.plan;

import dev.weft.ir.mesh.Mesh;
import java.util.List;

/**
 * Every parallelisation choice for one model on one number of devices. Applying a plan is a
 * sequence of rewrites; the plan itself is data that can be read, edited and stored.
 *
 * @param mesh the devices
 * @param shard which axes are cut, in order of precedence
 * @param microBatches into how many pieces the batch of one replica is cut, to be accumulated
 */
public record Plan(
    Mesh mesh, List<AxisRule> shard, int microBatches, OptimizerSharding optimizerSharding) {
  /** The version of the JSON form. */
  public static final int VERSION = 1;

  /** One device, nothing cut. */
  public static final Plan SERIAL = new Plan(Mesh.SINGLE, List.of(), 1, OptimizerSharding.NONE);

  public Plan {
    shard = List.copyOf(shard);
    if (microBatches < 1) {
      throw new IllegalArgumentException("micro-batches " + microBatches);
    }
  }
}
