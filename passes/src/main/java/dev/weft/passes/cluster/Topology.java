package dev.weft.passes.cluster;

/** How the ports of a domain's devices are wired to one another. */
public enum Topology {
  /** A switch without contention: a device reaches any other one with all of its bandwidth. */
  SWITCH,
  /** A wire of its own between each two devices, so that each has an equal part of a device. */
  FULL_MESH,
  /** Each device has one half of its bandwidth to each of its two neighbours. */
  RING,
  /** The hybrid cube mesh of eight devices with six wires each, as in NVIDIA's DGX-1 with V100. */
  CUBE_MESH;
}
