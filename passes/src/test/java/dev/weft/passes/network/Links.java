package dev.weft.passes.network;

import dev.weft.passes.cluster.LinkSpec;
import dev.weft.passes.cluster.Topology;
import java.util.List;

/** Round numbers for tests: eight devices in a node, nodes in racks of eight. */
final class Links {
  static final double INNER_BANDWIDTH = 400e9;
  static final double OUTER_BANDWIDTH = 50e9;

  private Links() {}

  static LinkSpec inner(Topology topology) {
    return new LinkSpec(
        "inner", 8, topology, INNER_BANDWIDTH, 1e-6, 10e-6, 1e-4, 1e-3, 0, 0.8, 0.9, 0, 0);
  }

  static LinkSpec outer(int devices) {
    return new LinkSpec(
        "outer",
        devices,
        Topology.SWITCH,
        OUTER_BANDWIDTH,
        5e-6,
        20e-6,
        1e-4,
        1e-3,
        1e-5,
        0.9,
        0.9,
        0,
        0);
  }

  /** The inner link with a switch that adds. */
  static LinkSpec adding() {
    return new LinkSpec(
        "adding", 8, Topology.SWITCH, 400e9, 1e-6, 10e-6, 1e-4, 1e-3, 0, 0.8, 0.9, 0.6, 0);
  }

  static Network nodes() {
    return new Network(List.of(inner(Topology.SWITCH), outer(LinkSpec.UNBOUNDED)));
  }
}
