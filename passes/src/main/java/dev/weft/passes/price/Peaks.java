package dev.weft.passes.price;

import dev.weft.ir.type.DType;
import dev.weft.passes.cluster.DeviceSpec;
import java.util.stream.Stream;

/**
 * A device's peak rates of multiplication, ready to look up: a planner asks for millions of them.
 */
final class Peaks {
  private final double[] flops;

  Peaks(DeviceSpec device) {
    this.flops = Stream.of(DType.values()).mapToDouble(device::matrixFlops).toArray();
  }

  /** Flop/s. */
  double flops(DType dtype) {
    return flops[dtype.ordinal()];
  }
}
