package dev.weft.passes.network;

import dev.weft.passes.cluster.Topology;

/** What part of its bandwidth a device can use among some devices of a domain. */
final class Wiring {
  /** Rings, one wire wide, through the first n devices of the hybrid cube mesh. */
  private static final int[] CUBE_MESH_RINGS = {0, 6, 1, 2, 4, 2, 2, 4, 6};

  /** Wires of a device of the hybrid cube mesh. */
  private static final double CUBE_MESH_WIRES = 6;

  /** Of an all-to-all beyond a quad one half goes over a device between. */
  private static final double CUBE_MESH_EXCHANGE = 2 / CUBE_MESH_WIRES;

  private Wiring() {}

  /**
   * Around rings through {@code members} of the {@code fan} devices (or inner domains) of a domain.
   */
  static double ring(Topology topology, int members, int fan) {
    return switch (topology) {
      case SWITCH -> 1;
      case FULL_MESH -> (members - 1.0) / (fan - 1);
      case RING -> members == fan ? 1 : 0.5;
      case CUBE_MESH -> CUBE_MESH_RINGS[Math.min(members, 8)] / CUBE_MESH_WIRES;
    };
  }

  /** From each member to each other member at once. */
  static double exchange(Topology topology, int members, int fan) {
    return switch (topology) {
      case SWITCH -> 1;
      case FULL_MESH -> ring(topology, members, fan);
      // A byte passes a quarter of the ring on average, or a third of a part of it.
      case RING -> Math.min(1, (members == fan ? 4.0 : 3.0) / members);
      case CUBE_MESH -> members <= 4 ? ring(topology, members, fan) : CUBE_MESH_EXCHANGE;
    };
  }

  /** From one device to one other. */
  static double pair(Topology topology, int fan) {
    return switch (topology) {
      case SWITCH -> 1;
      case FULL_MESH -> 1.0 / (fan - 1);
      case RING -> fan == 2 ? 1 : 0.5;
      case CUBE_MESH -> 1 / CUBE_MESH_WIRES;
    };
  }
}
