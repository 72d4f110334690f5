package dev.weft.passes.price;

import dev.weft.passes.cluster.DeviceSpec;

/**
 * How long a device takes for a kernel, in seconds: what the device itself spends, the smallest
 * kernel's floor included, the host's launch not.
 */
public final class KernelTimes {
  private final GemmTime gemms;
  private final DeviceSpec device;

  public KernelTimes(DeviceSpec device) {
    this.device = device;
    this.gemms = new GemmTime(device);
  }

  public double seconds(Kernel kernel) {
    return switch (kernel) {
      case Gemm gemm -> gemms.seconds(gemm);
      case AttentionKernel attention -> seconds(attention);
      case Stream stream -> seconds(stream);
    };
  }

  private double seconds(AttentionKernel kernel) {
    var engine = device.attention();
    double longest = kernel.isBackward() ? engine.backward() : engine.forward();
    double share = longest * kernel.sources() / (kernel.sources() + engine.ramp());
    double compute = kernel.flops() / (device.matrixFlops(kernel.dtype()) * share);
    return engine.floorSeconds() + Math.max(compute, memorySeconds(kernel.bytes()));
  }

  private double seconds(Stream kernel) {
    var engine = device.stream();
    double compute = kernel.flops() / (device.vectorFlops() * engine.vector());
    return engine.floorSeconds() + Math.max(compute, memorySeconds(kernel.bytes()));
  }

  private double memorySeconds(double bytes) {
    return bytes / (device.memoryBandwidth() * device.stream().bandwidth());
  }
}
