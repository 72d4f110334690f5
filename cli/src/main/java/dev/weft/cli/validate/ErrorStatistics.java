package dev.weft.cli.validate;

import java.util.Collection;
import java.util.Optional;

/**
 * How far predictions are from measurements. An error is predicted / measured - 1; all but the bias
 * are of its absolute value.
 *
 * @param rows how many errors there are
 * @param bias the mean with sign: positive where too much is predicted
 * @param p90 the 90th percentile
 */
public record ErrorStatistics(
    int rows, double bias, double mean, double median, double p90, double worst) {
  /** Of some errors; absent where there are none. */
  public static Optional<ErrorStatistics> of(Collection<Double> errors) {
    if (errors.isEmpty()) {
      return Optional.empty();
    }
    var sorted = errors.stream().mapToDouble(Math::abs).sorted().toArray();
    double sum = 0;
    for (double error : errors) {
      sum += error;
    }
    double absolute = 0;
    for (double error : sorted) {
      absolute += error;
    }
    return Optional.of(
        new ErrorStatistics(
            sorted.length,
            sum / sorted.length,
            absolute / sorted.length,
            quantile(sorted, 0.5),
            quantile(sorted, 0.9),
            sorted[sorted.length - 1]));
  }

  /** Between the two nearest of sorted values, in proportion (type 7 of Hyndman and Fan 1996). */
  static double quantile(double[] sorted, double part) {
    double place = part * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
