package dev.weft.passes.simulate;

import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.passes.cluster.NodeKind;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.network.CollectiveKind;
import dev.weft.passes.network.Group;
import dev.weft.passes.network.Network;
import dev.weft.passes.price.KernelTimes;
import dev.weft.passes.price.Stream;

/** What a device of one kind takes for weights once in a step: reduction, update, gathering. */
final class WeightTraffic {
  private final Job job;
  private final SoftwareSpec software;
  private final DeviceGrid grid;
  private final Network network;
  private final NodeKind node;

  WeightTraffic(Job job, DeviceGrid grid, NodeKind node) {
    this.job = job;
    this.software = job.software();
    this.grid = grid;
    this.network = new Network(job.cluster().links(node));
    this.node = node;
  }

  /** Seconds of the reduction over replicas, after all micro-batches. */
  double reduction(long elements) {
    long bytes = elements * software.reducedBytes();
    if (sharding().level() == 0) {
      return network.seconds(CollectiveKind.ALL_REDUCE, bytes, grid.group(sharding().all()));
    }
    long share = Math.ceilDiv(bytes, shares().size());
    double across =
        network.seconds(CollectiveKind.ALL_REDUCE, share, grid.group(sharding().replicas()));
    return sharding().level() == 1
        ? across + network.seconds(CollectiveKind.REDUCE_SCATTER, bytes, shares())
        : across;
  }

  /** Seconds of the sum of the gradients of weights that the first and the last place share. */
  double shared(long elements) {
    return network.seconds(
        CollectiveKind.ALL_REDUCE, elements * software.reducedBytes(), grid.ends());
  }

  /**
   * Seconds of the update, where the state lies: on the device gradients are read twice, once for
   * their norm; to the host they go once, and new weights come back unless they live there.
   */
  double update(long elements) {
    long own = sharding().level() == 0 ? elements : Math.ceilDiv(elements, shares().size());
    long moved = software.gradientBytes() + job.dtype().bytes();
    long each = moved + 2L * job.stateBytes();
    var times = new KernelTimes(node.device());
    if (!job.plan().offload().contains(Offload.OPTIMIZER)) {
      return times.seconds(new Stream(own * (each + software.gradientBytes()), 10 * own));
    }
    var host = node.host();
    double norm = times.seconds(new Stream(own * software.gradientBytes(), 2 * own));
    double share = host.updateBandwidth() / Math.min(node.devices(), grid.devices());
    long copied = job.plan().offload().contains(Offload.PARAMS) ? software.gradientBytes() : moved;
    return norm + own * (copied / host.linkBandwidth() + each / share);
  }

  /** Seconds of gathering weights that were updated in shares and are kept whole. */
  double gathering(long elements) {
    int level = sharding().level();
    return level == 1 || level == 2
        ? network.seconds(CollectiveKind.ALL_GATHER, elements * job.dtype().bytes(), shares())
        : 0;
  }

  private OptimizerSharding sharding() {
    return job.plan().optimizerSharding();
  }

  private Group shares() {
    return grid.group(sharding().over());
  }
}
