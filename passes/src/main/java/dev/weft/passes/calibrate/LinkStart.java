package dev.weft.passes.calibrate;

import dev.weft.passes.cluster.LinkSpec;
import dev.weft.passes.cluster.Topology;

/** A link that is not yet fitted. */
final class LinkStart {
  /** Of the shortest exchange, half is the start and half the way. */
  private static final double SHARE = 0.5;

  private LinkStart() {}

  /** Devices behind one switch, without a switch that adds. */
  static LinkSpec of(int devices, double rate, double shortest) {
    double half = SHARE * shortest;
    return new LinkSpec(
        "local", devices, Topology.SWITCH, rate, half, half, half, shortest, 0, 1, 1, 0, 0);
  }
}
