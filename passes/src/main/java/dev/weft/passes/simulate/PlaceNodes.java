package dev.weft.passes.simulate;

import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.NodeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * On which kinds of nodes the devices of a plan lie. Devices of one place on nodes of one kind are
 * alike: one of them stands for all.
 */
final class PlaceNodes {
  /** The devices from one number to another that lie on nodes of a kind. */
  private record Run(NodeKind node, long first, long end) {
    boolean meets(long from, long to) {
      return Math.max(from, first) < Math.min(to, end);
    }

    long length() {
      return Math.max(0, end - first);
    }
  }

  private final DeviceGrid grid;
  private final List<Run> runs = new ArrayList<>();
  private final List<NodeKind> all;

  PlaceNodes(Cluster cluster, DeviceGrid grid) {
    this.grid = grid;
    long first = 0;
    for (var node : cluster.nodes()) {
      long devices =
          node.count().isPresent()
              ? (long) node.devices() * node.count().getAsInt()
              : Long.MAX_VALUE / 2;
      long end = Math.min(first + devices, grid.devices());
      if (first < end) {
        runs.add(new Run(node, first, end));
      }
      first = end;
    }
    this.all = runs.stream().map(Run::node).distinct().toList();
  }

  /** The kinds of nodes that some device lies on. */
  List<NodeKind> all() {
    return all;
  }

  /** The kinds of nodes that the devices of a place lie on, in the order of the devices. */
  List<NodeKind> of(int place) {
    if (runs.size() == 1) {
      return all;
    }
    return runs.stream().filter(run -> has(run, place)).map(Run::node).distinct().toList();
  }

  /**
   * The devices of a place are every so many of a block of the pipeline's: a run that is as long as
   * a block has some of them, and a shorter one lies in two blocks at most.
   */
  private boolean has(Run run, int place) {
    long stride = grid.pipelineStride();
    long block = stride * grid.places();
    if (run.length() >= block) {
      return true;
    }
    long first = run.first() / block * block + place * stride;
    return run.meets(first, first + stride) || run.meets(first + block, first + block + stride);
  }

  /** The sum of a figure over all devices. */
  double sum(ToDoubleFunction<NodeKind> ofDevice) {
    return runs.stream().mapToDouble(r -> r.length() * ofDevice.applyAsDouble(r.node())).sum();
  }
}
