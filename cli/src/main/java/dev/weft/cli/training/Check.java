package dev.weft.cli.training;

import dev.weft.ir.type.DType;

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
   * The tolerance of a precision: some 9,000 unit roundoffs, which is 1e-12 in float64 and 5.4e-4
   * in float32.
   */
  public static double tolerance(DType precision) {
    return precision == DType.F64 ? FLOAT64 : FLOAT64 * COARSER;
  }

  public boolean passed() {
    return lossMaxRelError <= tolerance
        && gradMaxRelError <= tolerance
        && outputMaxRelError <= tolerance
        && weightMaxRelError <= tolerance;
  }
}
