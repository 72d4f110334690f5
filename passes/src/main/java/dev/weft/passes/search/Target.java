package dev.weft.passes.search;

import dev.weft.ir.plan.Plan;
import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.simulate.Job;
import dev.weft.passes.simulate.StepMemory;
import dev.weft.passes.simulate.StepPrice;
import dev.weft.passes.workload.Workload;

/**
 * Where a plan is to run.
 *
 * @param devices the first so many of the cluster
 * @param usable the part of a device's memory, without what the software reserves, that a plan may
 *     fill; greater than 0 and at most 1
 */
public record Target(Cluster cluster, int devices, SoftwareSpec software, double usable) {
  /** What is left free unless somebody says otherwise: predictions of memory have errors. */
  public static final double USUAL_USABLE = 0.94;

  public Target {
    if (devices < 1 || !(usable > 0 && usable <= 1)) {
      throw new IllegalArgumentException(devices + " devices, of whose memory " + usable);
    }
  }

  public Target withDevices(int count) {
    return new Target(cluster, count, software, usable);
  }

  /** What is simulated of a plan. */
  Job job(SearchedModel model, Plan plan, Workload workload) {
    return new Job(workload, plan, cluster, software, model.precision(), model.tokens());
  }

  /** The memory of the largest device. */
  public long capacityBytes() {
    long most = 0;
    for (int device = 0; device < devices; device += cluster.nodeOf(device).devices()) {
      most = Math.max(most, cluster.nodeOf(device).device().memoryBytes());
    }
    return most;
  }

  /** The most that a plan may need of the largest device, what the software reserves included. */
  public long limitBytes() {
    return limitBytes(capacityBytes());
  }

  private long limitBytes(long capacity) {
    long free = capacity - software.reservedBytes();
    return software.reservedBytes() + (long) (free * usable);
  }

  /** Bytes that the fullest device lacks; at most 0 where the memory suffices. */
  public long missingBytes(StepPrice price) {
    return price.places().stream()
        .mapToLong(p -> p.memory().deviceBytes() - limitBytes(p.capacityBytes()))
        .max()
        .orElse(0);
  }

  /** Whether the memory of the devices suffices. */
  boolean holds(StepMemory memory) {
    return memory.places().stream()
        .allMatch(p -> p.price().deviceBytes() <= limitBytes(p.capacityBytes()));
  }

  /** Whether the memory of the devices suffices. */
  public boolean holds(StepPrice price) {
    return missingBytes(price) <= 0;
  }
}
