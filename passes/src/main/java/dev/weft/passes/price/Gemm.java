package dev.weft.passes.price;

import dev.weft.ir.type.DType;

/**
 * {@code batch} products of an {@code m} by {@code k} with a {@code k} by {@code n} matrix.
 *
 * @param dtype of the operands, and of the result unless {@code accumulates}
 * @param batch how many independent products
 * @param accumulates adds to a result in f32 that lies in memory
 */
public record Gemm(
    DType dtype, long batch, long m, long n, long k, Layout layout, boolean accumulates)
    implements Kernel {

  public Gemm {
    if (batch < 0 || m < 0 || n < 0 || k < 0) {
      throw new IllegalArgumentException("sizes of a multiplication are not negative");
    }
  }

  /** Floating-point operations, a multiplication and an addition for each pair. */
  public double flops() {
    return 2.0 * batch * m * n * k;
  }

  /** Bytes of the two operands, each read once. */
  public double operandBytes() {
    return (double) dtype.bytes() * batch * k * (m + n);
  }

  /** Bytes that the result moves: written, and read first where it accumulates. */
  public double resultBytes() {
    double each = accumulates ? 2.0 * DType.F32.bytes() : dtype.bytes();
    return each * batch * m * n;
  }
}
