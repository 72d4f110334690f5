package dev.weft.passes.simulate;

import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.passes.cluster.NodeKind;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.network.CollectiveKind;
import dev.weft.passes.network.Network;
import dev.weft.passes.price.KernelTimes;
import dev.weft.passes.price.Stream;
import java.util.ArrayList;
import java.util.List;

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
  double reduction(WeightCount elements) {
    return reduction(elements.common(), sharding().over(), sharding().replicas())
        + reduction(elements.apart(), free(sharding().over()), free(sharding().replicas()));
  }

  private double reduction(long elements, List<String> over, List<String> replicas) {
    if (elements == 0) {
      return 0;
    }
    long bytes = elements * software.reducedBytes();
    if (sharding().level() == 0) {
      var all = new ArrayList<>(over);
      all.addAll(replicas);
      return network.seconds(CollectiveKind.ALL_REDUCE, bytes, grid.group(all));
    }
    var shares = grid.group(over);
    long share = Math.ceilDiv(bytes, shares.size());
    double across = network.seconds(CollectiveKind.ALL_REDUCE, share, grid.group(replicas));
    return sharding().level() == 1
        ? across + network.seconds(CollectiveKind.REDUCE_SCATTER, bytes, shares)
        : across;
  }

  /** The replicas that have the same experts. */
  private List<String> free(List<String> axes) {
    return axes.stream().filter(job.plan().freeReplicas()::contains).toList();
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
  double update(WeightCount elements) {
    long own =
        sharding().level() == 0
            ? elements.all()
            : Math.ceilDiv(elements.common(), grid.group(sharding().over()).size())
                + Math.ceilDiv(elements.apart(), grid.group(free(sharding().over())).size());
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
  double gathering(WeightCount elements) {
    int level = sharding().level();
    return level == 1 || level == 2
        ? gathering(elements.common(), sharding().over())
            + gathering(elements.apart(), free(sharding().over()))
        : 0;
  }

  private double gathering(long elements, List<String> over) {
    return elements == 0
        ? 0
        : network.seconds(
            CollectiveKind.ALL_GATHER, elements * job.dtype().bytes(), grid.group(over));
  }

  private OptimizerSharding sharding() {
    return job.plan().optimizerSharding();
  }
}
