package dev.weft.passes.price;

import dev.weft.ir.type.DType;
import dev.weft.passes.cluster.ProductFormat;

/**
 * {@code batch} products of an {@code m} by {@code k} with a {@code k} by {@code n} matrix.
 *
 * @param dtype of the result unless {@code accumulates}, and of the operands where {@code format}
 *     is that of training
 * @param format of the operands
 * @param batch how many independent products
 * @param accumulates adds to a result in f32 that lies in memory
 */
public record Gemm(
    DType dtype,
    ProductFormat format,
    long batch,
    long m,
    long n,
    long k,
    Layout layout,
    boolean accumulates)
    implements Kernel {

  public Gemm {
    if (batch < 0 || m < 0 || n < 0 || k < 0) {
      throw new IllegalArgumentException("sizes of a multiplication are not negative");
    }
  }

  /** A product in the training precision. */
  public Gemm(DType dtype, long batch, long m, long n, long k, Layout layout, boolean accumulates) {
    this(dtype, ProductFormat.TRAINING, batch, m, n, k, layout, accumulates);
  }

  /** The same with operands of another format. */
  public Gemm in(ProductFormat other) {
    return new Gemm(dtype, other, batch, m, n, k, layout, accumulates);
  }

  /** The same, added to a result in f32. */
  public Gemm accumulating() {
    return new Gemm(dtype, format, batch, m, n, k, layout, true);
  }

  /** Floating-point operations, a multiplication and an addition for each pair. */
  public double flops() {
    return 2.0 * batch * m * n * k;
  }

  /** Bytes of the two operands, each read once. */
  public double operandBytes() {
    return format.bytes(dtype.bytes()) * batch * k * (m + n);
  }

  /** Bytes that the result moves: written, and read first where it accumulates. */
  public double resultBytes() {
    double each = accumulates ? 2.0 * DType.F32.bytes() : dtype.bytes();
    return each * batch * m * n;
  }
}
