package dev.weft.passes.simulate;

import dev.weft.passes.network.Group;
import dev.weft.passes.network.Network;
import java.util.List;

/** How long messages between the places of a pipeline take, each over the links that it needs. */
final class Ways {
  private final DeviceGrid grid;
  private final Network network;

  /** The sizes of the domains of links, innermost first. */
  private final List<Integer> domains;

  Ways(DeviceGrid grid, Network network, List<Integer> domains) {
    this.grid = grid;
    this.network = network;
    this.domains = List.copyOf(domains);
  }

  /** Seconds of a message from a place to another, for the slowest pair of their devices. */
  double seconds(long bytes, int from, int to) {
    if (from == to) {
      return 0;
    }
    int distance = grid.pipelineStride() * Math.abs(to - from);
    int crossed = 1;
    for (int domain : domains) {
      if (isWithin(domain, Math.min(from, to), distance)) {
        int devices = Math.min(domain, grid.devices());
        return network.transfer(bytes, new Group(2, Math.max(distance, crossed), devices));
      }
      crossed = domain;
    }
    return network.transfer(bytes, new Group(2, Math.max(distance, crossed), grid.devices()));
  }

  /**
   * Whether every device of a place has its partner in the same domain. The places of a pipeline
   * lie side by side in a block of devices.
   */
  private boolean isWithin(int domain, int place, int distance) {
    long stride = grid.pipelineStride();
    long block = stride * grid.places();
    if (domain % block == 0) {
      return true;
    }
    boolean isAligned = block % domain == 0 || grid.devices() == block;
    long first = place * stride;
    return isAligned && first / domain == (first + distance + stride - 1) / domain;
  }
}
