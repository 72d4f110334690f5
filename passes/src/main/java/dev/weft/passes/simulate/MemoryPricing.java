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
   * @param own those of the place
   * @param row the order of its work
   * @param layerBytes the weights of its largest layer
   */
  MemoryPrice of(List<StagePrice> stages, List<Integer> own, List<Action> row, long layerBytes) {
    long elements = own.stream().mapToLong(s -> stages.get(s).elements()).sum();
    int level = job.plan().optimizerSharding().level();
    long shares = grid.mesh().size(job.plan().optimizerSharding().over());
    long weights =
        onDevice(Offload.PARAMS)
            * share(elements * job.dtype().bytes() * software.weightCopies(), level, 3, shares);
    long gradients = share(elements * software.gradientBytes(), level, 2, shares);
    long optimizer =
        onDevice(Offload.OPTIMIZER) * share(elements * software.stateBytes(), level, 1, shares);
    long gathered = level == 3 || onDevice(Offload.PARAMS) == 0 ? 2 * layerBytes : 0;
    var peak = peak(stages, row);
    long activations = peak[0];
    long working = peak[1] + gathered;
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

  /** What is kept, and what the work of the moment needs, when both together are most. */
  private static long[] peak(List<StagePrice> stages, List<Action> row) {
    long kept = 0;
    long[] most = {0, 0};
    for (var action : row) {
      var stage = stages.get(action.stage());
      switch (action.phase()) {
        case FORWARD -> kept += stage.savedBytes();
        case BACKWARD, INPUT_GRADIENT, WEIGHT_GRADIENT -> {}
      }
      long working = stage.peakBytes() + stage.inputBytes();
      if (kept + working > most[0] + most[1]) {
        most = new long[] {kept, working};
      }
      switch (action.phase()) {
        case BACKWARD, WEIGHT_GRADIENT -> kept -= stage.savedBytes();
        case FORWARD, INPUT_GRADIENT -> {}
      }
    }
    return most;
  }
}
