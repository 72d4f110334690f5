package dev.weft.passes.fit;

import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.price.KernelTimes;
import java.util.Arrays;
import java.util.Collection;

/**
 * How far predictions lie from measurements. An error is the logarithm of predicted over measured:
 * twice as long and half as long are equally wrong, and 0.1 is about 10 %.
 *
 * @param count measurements
 * @param bias mean error
 * @param median of the absolute errors
 * @param mean of the absolute errors
 * @param p90 what nine tenths of the absolute errors do not exceed
 */
public record Spread(int count, double bias, double median, double mean, double p90) {

  /** Of a device's prices; at least one measurement. */
  public static Spread of(DeviceSpec device, Collection<Measurement> measurements) {
    var times = new KernelTimes(device);
    return of(measurements.stream().mapToDouble(one -> error(times, one)).toArray());
  }

  /** Of errors; at least one. */
  public static Spread of(double[] errors) {
    if (errors.length == 0) {
      throw new IllegalArgumentException("no measurements, no errors");
    }
    double bias = 0;
    double mean = 0;
    var sizes = new double[errors.length];
    for (int i = 0; i < errors.length; i++) {
      bias += errors[i] / errors.length;
      sizes[i] = Math.abs(errors[i]);
      mean += sizes[i] / errors.length;
    }
    Arrays.sort(sizes);
    return new Spread(errors.length, bias, quantile(sizes, 0.5), mean, quantile(sizes, 0.9));
  }

  static double error(KernelTimes times, Measurement measurement) {
    return Math.log(times.seconds(measurement.kernel()) / measurement.seconds());
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }
}
