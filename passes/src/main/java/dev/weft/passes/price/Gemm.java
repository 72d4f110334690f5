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
 * @param kernels in which a library multiplies them: 1, or one for each
 * @param sumBytes of each element of a result in memory to which the product is added; 0 where it
 *     is new
 */
public record Gemm(
    DType dtype,
    ProductFormat format,
    long batch,
    long kernels,
    long m,
    long n,
    long k,
    Layout layout,
    int sumBytes)
    implements Kernel {

  public Gemm {
    if (batch < 0 || kernels < 0 || m < 0 || n < 0 || k < 0) {
      throw new IllegalArgumentException("sizes of a multiplication are not negative");
    }
  }

  /**
   * Products of one kernel in the training precision.
   *
   * @param accumulates adds to a result in f32 that lies in memory
   */
  public Gemm(DType dtype, long batch, long m, long n, long k, Layout layout, boolean accumulates) {
    this(
        dtype,
        ProductFormat.TRAINING,
        batch,
        1,
        m,
        n,
        k,
        layout,
        accumulates ? DType.F32.bytes() : 0);
  }

  /** The same with operands of another format. */
  public Gemm in(ProductFormat other) {
    return new Gemm(dtype, other, batch, kernels, m, n, k, layout, sumBytes);
  }

  /** The same, added to a result of so many bytes for each element. */
  public Gemm accumulating(int bytes) {
    return new Gemm(dtype, format, batch, kernels, m, n, k, layout, bytes);
  }

  /** The same in one kernel. */
  public Gemm together() {
    return new Gemm(dtype, format, batch, 1, m, n, k, layout, sumBytes);
  }

  /**
   * The same with a kernel for each product, as libraries multiply by one weight for each group.
   */
  public Gemm grouped() {
    return new Gemm(dtype, format, batch, batch, m, n, k, layout, sumBytes);
  }

  /** Floating-point operations, a multiplication and an addition for each pair. */
  public double flops() {
    return 2.0 * batch * m * n * k;
  }

  /** Bytes of the two operands, each read once. */
  public double operandBytes() {
    return format.bytes(dtype.bytes()) * batch * k * (m + n);
  }

  /** Bytes that the result moves: written, and read first where it is added to. */
  public double resultBytes() {
    double each = sumBytes > 0 ? 2.0 * sumBytes : dtype.bytes();
    return each * batch * m * n;
  }
}
