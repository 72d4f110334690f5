package dev.weft.passes.simulate;

import dev.weft.ir.plan.Offload;
import dev.weft.ir.schedule.Action;
import dev.weft.passes.cluster.SoftwareSpec;
import java.util.List;

/** The memory of the devices of a place, over the order of its work. */
final class MemoryPricing {
  private final Job job;
  private final SoftwareSpec software;
  private final DeviceGrid grid;

  MemoryPricing(Job job, DeviceGrid grid) {
    this.job = job;
    this.software = job.software();
    this.grid = grid;
  }

  /**
   * The peak.
   *
   * @param stages all of the job
   * @param row the order of the place's work
   * @param elements of its weights
   * @param layer elements of the weights of its largest layer
   */
  MemoryPrice of(List<StagePrice> stages, List<Action> row, long elements, long layer) {
    int level = job.plan().optimizerSharding().level();
    long shares = grid.mesh().size(job.plan().optimizerSharding().over());
    long weights =
        onDevice(Offload.PARAMS)
            * share(elements * job.dtype().bytes() * software.weightCopies(), level, 3, shares);
    long gradients = share(elements * software.gradientBytes(), level, 2, shares);
    long optimizer =
        onDevice(Offload.OPTIMIZER) * share(elements * software.stateBytes(), level, 1, shares);
    long gathered =
        level == 3 || onDevice(Offload.PARAMS) == 0 ? 2 * layer * job.dtype().bytes() : 0;
    var walk = MemoryWalk.of(stages, row);
    long activations = walk.kept()[walk.peak()];
    long working = walk.working()[walk.peak()] + gathered;
    long lost = Math.round(software.fragmentation() * (activations + working));
    return new MemoryPrice(
        weights, gradients, optimizer, activations, working, software.reservedBytes(), lost);
  }

  private int onDevice(Offload what) {
    return job.plan().offload().contains(what) ? 0 : 1;
  }

  private static long share(long bytes, int level, int from, long shares) {
    return level >= from ? Math.ceilDiv(bytes, shares) : bytes;
  }
}
