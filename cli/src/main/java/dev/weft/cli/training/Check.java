package dev.weft.cli.training;

import dev.weft.ir.type.DType;
import dev.weft.runtime.train.Measure;

/**
 * How far a parallel run was from the serial one; {@code runtime.train.Comparison} defines the
 * errors.
 *
 * @param worst what has the largest error
 * @param tolerance the largest error that passes
 */
public record Check(
    double lossMaxRelError,
    double gradMaxRelError,
    double outputMaxRelError,
    double weightMaxRelError,
    String worst,
    double tolerance) {
  /** What is asked of float64: sums in another order differ by less, wrong programs by far more. */
  private static final double FLOAT64 = 1e-12;

  /** 2^-24 / 2^-53: unit roundoff of float32 over that of float64. */
  private static final double COARSER = 0x1p29;

  /**
   * 32 unit roundoffs of bfloat16 (2^-8). An op computes its sums in more digits and rounds what it
   * stores, and a parallel program stores other partial results than a serial one; n independent
   * roundings on the way to a result add up to some sqrt(n) of them. What is left over is for
   * kinks: a relu whose argument is within a rounding of 0 takes a whole term out of a gradient, or
   * puts one in. A program that drops or repeats the terms of a device is off by far more.
   */
  private static final double BITS16 = 0x1p-3;

  /**
   * The tolerance of a precision: some 9,000 unit roundoffs, which is 1e-12 in float64 and 5.4e-4
   * in float32; in 16 bits, where that would be no test at all, an eighth.
   */
  public static double tolerance(DType precision) {
    return switch (precision) {
      case F64 -> FLOAT64;
      case F32 -> FLOAT64 * COARSER;
      case BF16, F16 -> BITS16;
      case I32 -> throw new IllegalArgumentException("no precision: " + precision);
    };
  }

  /** What the errors of tensors are measured by. */
  static Measure measure(DType precision) {
    return precision.bytes() < DType.F32.bytes() ? Measure.ROOT_MEAN_SQUARE : Measure.LARGEST;
  }

  public boolean passed() {
    return lossMaxRelError <= tolerance
        && gradMaxRelError <= tolerance
        && outputMaxRelError <= tolerance
        && weightMaxRelError <= tolerance;
  }
}
