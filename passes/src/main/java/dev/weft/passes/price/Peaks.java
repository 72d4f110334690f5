package dev.weft.passes.price;

import dev.weft.ir.type.DType;
import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.ProductFormat;
import java.util.stream.Stream;

/**
 * A device's peak rates of multiplication, ready to look up: a planner asks for millions of them.
 */
final class Peaks {
  private final double[][] flops;

  Peaks(DeviceSpec device) {
    this.flops =
        Stream.of(ProductFormat.values()).map(f -> rates(device, f)).toArray(double[][]::new);
  }

  private static double[] rates(DeviceSpec device, ProductFormat format) {
    return Stream.of(DType.values()).mapToDouble(t -> device.matrixFlops(format, t)).toArray();
  }

  /** Flop/s of operands in a training precision. */
  double flops(DType dtype) {
    return flops[ProductFormat.TRAINING.ordinal()][dtype.ordinal()];
  }

  /** Flop/s of a product. */
  double flops(Gemm gemm) {
    return flops[gemm.format().ordinal()][gemm.dtype().ordinal()];
  }
}
