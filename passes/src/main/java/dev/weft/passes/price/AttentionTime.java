package dev.weft.passes.price;

import dev.weft.passes.cluster.DeviceSpec;

/**
 * The time of a fused attention kernel: the queries are cut into blocks, each of which one unit
 * takes through all its sources. Blocks of a causal kernel differ in length; the last to end keeps
 * the kernel waiting for half of the longest on average.
 */
final class AttentionTime {
  /** How much of the longest block is waited for when the others have ended. */
  private static final double TAIL = 0.5;

  private final DeviceSpec device;
  private final Peaks peaks;

  AttentionTime(DeviceSpec device) {
    this.device = device;
    this.peaks = new Peaks(device);
  }

  double seconds(AttentionKernel kernel) {
    var engine = device.attention();
    double share = kernel.isBackward() ? engine.backward() : engine.forward();
    double unitFlops = peaks.flops(kernel.dtype()) / device.units() * share;
    double rowFlops = engine.rows() * flopsPerScore(kernel);
    double compute = span(kernel) * rowFlops / unitFlops;
    double moved = kernel.bytes() / (device.memoryBandwidth() * device.stream().bandwidth());
    return engine.floorSeconds() + Math.max(compute, moved);
  }

  /** Positions that the busiest unit takes a block of queries through, one after another. */
  private double span(AttentionKernel kernel) {
    var engine = device.attention();
    double blocks = Math.ceil((double) kernel.queries() / engine.rows());
    double longest = kernel.sources() + engine.fill();
    double seen =
        kernel.isCausal()
            ? Math.min(kernel.sources(), (kernel.sources() + engine.rows()) / 2.0)
            : kernel.sources();
    double all = kernel.batch() * kernel.heads() * blocks * (seen + engine.fill());
    return Math.max(longest, all / device.units() + TAIL * longest);
  }

  /** The products of one query with one source, and its share of the exponential. */
  private double flopsPerScore(AttentionKernel kernel) {
    double elements = kernel.key() + kernel.value();
    return kernel.flopsPerScore() * (elements + device.attention().width()) / elements;
  }
}
