package dev.weft.cli.training;

import dev.weft.ir.type.DType;

/**
 * How far a parallel run may be from the serial one by rounding alone.
 *
 * <p>In float64 and float32 that is a fixed multiple of the unit roundoff, and small enough that no
 * wrong program passes. In 16 bits it follows from how often numbers are rounded. Roundings err
 * independently, with mean 0 and by at most u each, the unit roundoff (the model of Higham and Mary
 * 2019, "A New Approach to Probabilistic Rounding Error Analysis", section 2). Then N of them in a
 * row are off by at most sqrt(N) u in the root of the mean square, which is why tensors are
 * measured by that in 16 bits. It supposes that no op makes relative errors greater on the whole,
 * as in residual networks, whose branches are normalized.
 *
 * <p>Of two runs that both err, both count. With n roundings on the longest way through the serial
 * program, the parallel one has at most 2n, since a sum over devices rounds each device's part as
 * well, and one more for each micro-batch that is added to a gradient.
 */
public final class Tolerance {
  /** What is asked of float64: sums in another order differ by less, wrong programs by far more. */
  private static final double FLOAT64 = 1e-12;

  /** 2^-24 / 2^-53: unit roundoff of float32 over that of float64. */
  private static final double COARSER = 0x1p29;

  private static final double BF16_ROUNDOFF = 0x1p-8;
  private static final double F16_ROUNDOFF = 0x1p-11;

  private Tolerance() {}

  /**
   * The largest error that passes.
   *
   * @param depth roundings on the longest way through the serial program
   * @param microBatches whose gradients the parallel program adds up
   */
  public static double of(DType precision, long depth, int microBatches) {
    double roundings = 3.0 * depth + microBatches;
    return switch (precision) {
      case F64 -> FLOAT64;
      case F32 -> FLOAT64 * COARSER;
      case BF16 -> Math.sqrt(roundings) * BF16_ROUNDOFF;
      case F16 -> Math.sqrt(roundings) * F16_ROUNDOFF;
      case I32 -> throw new IllegalArgumentException("no precision: " + precision);
    };
  }
}
