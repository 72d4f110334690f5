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

  /** Seconds of the update: gradients are read twice, once for their norm. */
  double update(long elements) {
    long own = sharding().level() == 0 ? elements : Math.ceilDiv(elements, shares().size());
    long each = 2L * software.gradientBytes() + 2L * job.stateBytes() + job.dtype().bytes();
    double seconds = new KernelTimes(node.device()).seconds(new Stream(own * each, 10 * own));
    return job.plan().offload().contains(Offload.OPTIMIZER)
        ? seconds + 2.0 * own * job.stateBytes() / node.host().linkBandwidth()
        : seconds;
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
