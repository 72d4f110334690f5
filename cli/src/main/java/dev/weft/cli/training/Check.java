package dev.weft.cli.training;

import dev.weft.ir.type.DType;
import dev.weft.runtime.train.Measure;

/**
 * How far a parallel run was from the serial one; {@code runtime.train.Comparison} defines the
 * errors.
 *
 * @param worst what has the largest error
 * @param tolerance the largest error that passes: {@link Tolerance}
 */
public record Check(
    double lossMaxRelError,
    double gradMaxRelError,
    double outputMaxRelError,
    double weightMaxRelError,
    String worst,
    double tolerance) {
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
