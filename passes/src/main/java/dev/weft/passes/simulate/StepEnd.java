package dev.weft.passes.simulate;

import dev.weft.ir.plan.Offload;
import dev.weft.passes.cluster.NodeKind;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.network.CollectiveKind;
import dev.weft.passes.network.Group;
import dev.weft.passes.network.Network;
import dev.weft.passes.price.KernelTimes;
import dev.weft.passes.price.Stream;

/** What follows the last micro-batch: gradients are reduced, weights updated and gathered. */
final class StepEnd {
  private final Job job;
  private final SoftwareSpec software;
  private final DeviceGrid grid;
  private final Network network;

  StepEnd(Job job, DeviceGrid grid, Network network) {
    this.job = job;
    this.software = job.software();
    this.grid = grid;
    this.network = network;
  }

  /**
   * The seconds that are seen of the reduction over replicas.
   *
   * @param elements of the weights on one device of a place
   * @param window seconds of the place's backward of the last micro-batch
   */
  double gradients(long elements, double window) {
    double all = reduction(elements * software.gradientBytes());
    double hidden = Math.min(all * software.gradientOverlap(), window);
    return all - hidden + hidden * software.overlapSlowdown();
  }

  private double reduction(long bytes) {
    var sharding = job.plan().optimizerSharding();
    var rest = grid.group(sharding.replicas());
    if (sharding.level() == 0) {
      return network.seconds(CollectiveKind.ALL_REDUCE, bytes, grid.group(sharding.all()));
    }
    long share = Math.ceilDiv(bytes, shares().size());
    double across = network.seconds(CollectiveKind.ALL_REDUCE, share, rest);
    return sharding.level() == 1
        ? across + network.seconds(CollectiveKind.REDUCE_SCATTER, bytes, shares())
        : across;
  }

  private Group shares() {
    return grid.group(job.plan().optimizerSharding().over());
  }

  /** The sum of the gradients of weights that the first and the last stage share. */
  double shared(long elements) {
    return network.seconds(
        CollectiveKind.ALL_REDUCE, elements * software.gradientBytes(), grid.ends());
  }

  /** The seconds of the update: gradients are read twice, once for their norm. */
  double update(long elements, NodeKind node) {
    int level = job.plan().optimizerSharding().level();
    long own = level == 0 ? elements : Math.ceilDiv(elements, shares().size());
    long each = 2L * software.gradientBytes() + 2L * software.stateBytes() + job.dtype().bytes();
    double seconds = new KernelTimes(node.device()).seconds(new Stream(own * each, 10 * own));
    return job.plan().offload().contains(Offload.OPTIMIZER)
        ? seconds + 2.0 * own * software.stateBytes() / node.host().linkBandwidth()
        : seconds;
  }

  /** The seconds that are seen of gathering the weights that were updated in shares. */
  double gathering(long elements, double window) {
    int level = job.plan().optimizerSharding().level();
    if (level != 1 && level != 2) {
      return 0;
    }
    long bytes = elements * job.dtype().bytes();
    double all = network.seconds(CollectiveKind.ALL_GATHER, bytes, shares());
    return all - Math.min(all * software.weightOverlap(), window);
  }
}
