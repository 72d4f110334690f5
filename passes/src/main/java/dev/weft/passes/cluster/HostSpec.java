package dev.weft.passes.cluster;

/**
 * The host of a node, as its devices see it.
 *
 * @param memoryBytes of the whole node
 * @param linkBandwidth bytes per second between the host and one of its devices, in each direction,
 *     when all devices of the node copy at once
 * @param linkLatency seconds that a copy takes however small it is
 * @param updateBandwidth bytes per second that the processors of a node read and write when they
 *     update weights, for all of its devices together
 */
public record HostSpec(
    long memoryBytes, double linkBandwidth, double linkLatency, double updateBandwidth) {
  public HostSpec {
    Ratio.requirePositive("memoryBytes", memoryBytes);
    Ratio.requirePositive("linkBandwidth", linkBandwidth);
    Ratio.requireNotNegative("linkLatency", linkLatency);
    Ratio.requirePositive("updateBandwidth", updateBandwidth);
  }
}
