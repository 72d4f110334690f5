package dev.weft.passes.search;

import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.simulate.MemoryPrice;

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

  /** The memory of the smallest device. */
  public long capacityBytes() {
    long least = Long.MAX_VALUE;
    for (int device = 0; device < devices; device += cluster.nodeOf(device).devices()) {
      least = Math.min(least, cluster.nodeOf(device).device().memoryBytes());
    }
    return least;
  }

  /** The most that a plan may need of a device, what the software reserves included. */
  public long limitBytes() {
    long free = capacityBytes() - software.reservedBytes();
    return software.reservedBytes() + (long) (free * usable);
  }

  /** Whether the memory of the devices suffices. */
  public boolean holds(MemoryPrice memory) {
    return memory.deviceBytes() <= limitBytes();
  }
}
