package dev.weft.passes.price;

import dev.weft.passes.cluster.DeviceSpec;

/**
 * How long a device takes for a kernel, in seconds: what the device itself spends, the smallest
 * kernel's floor included, the host's launch not.
 */
public final class KernelTimes {
  private final GemmTime gemms;
  private final AttentionTime attentions;
  private final DeviceSpec device;

  public KernelTimes(DeviceSpec device) {
    this.device = device;
    this.gemms = new GemmTime(device);
    this.attentions = new AttentionTime(device);
  }

  public double seconds(Kernel kernel) {
    return switch (kernel) {
      case Gemm gemm -> gemms.seconds(gemm);
      case AttentionKernel attention -> attentions.seconds(attention);
      case Stream stream -> seconds(stream);
    };
  }

  private double seconds(Stream kernel) {
    var engine = device.stream();
    double compute = kernel.flops() / (device.vectorFlops() * engine.vector());
    double moved = kernel.bytes() / (device.memoryBandwidth() * engine.bandwidth());
    return engine.floorSeconds() + Math.max(compute, moved);
  }
}
