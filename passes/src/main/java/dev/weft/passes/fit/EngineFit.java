package dev.weft.passes.fit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.weft.passes.cluster.AttentionEngine;
import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.MatrixEngine;
import dev.weft.passes.cluster.StreamEngine;
import dev.weft.passes.price.KernelTimes;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The constants of an engine that explain measurements best: the mean absolute error is least, each
 * source of measurements counting the same however many it has. Floors are kept, since the times of
 * small kernels are mostly the host's.
 */
public final class EngineFit {
  private static final double UNLIMITED = 1e9;

  /** Numbers of a matrix engine that a family shares: fill, operand load, exposed output. */
  private static final int SHAPE = 3;

  /** Numbers that each device has for itself: issue and sustained. */
  private static final int RATES = 2;

  private static final double[] LIMITS = {1, 1};

  private EngineFit() {}

  /**
   * The engines of several devices that multiply in the same way: each has rates of its own, and
   * all share how the rate depends on the shape. In the order of the devices.
   */
  public static List<MatrixEngine> family(List<MeasuredDevice> devices) {
    var first = devices.getFirst().device().matrix();
    int size = SHAPE + RATES * devices.size();
    var start = new double[size];
    var limits = new double[size];
    start[0] = first.fillDepth();
    start[1] = first.operandLoad();
    start[2] = first.exposedOutput();
    Arrays.fill(limits, 1);
    limits[0] = UNLIMITED;
    limits[1] = UNLIMITED;
    for (int i = 0; i < devices.size(); i++) {
      var alone = rates(devices.get(i).device(), devices.get(i).measurements());
      start[SHAPE + RATES * i] = alone.issue();
      start[SHAPE + RATES * i + 1] = alone.sustained();
    }
    var sources = devices.stream().map(one -> bySource(one.measurements())).toList();
    var best =
        CoordinateSearch.minimize(
            point -> {
              double sum = 0;
              for (int i = 0; i < devices.size(); i++) {
                var one = devices.get(i);
                var engine = member(one.device().matrix(), point, i);
                sum += cost(one.device().with(engine), sources.get(i));
              }
              return sum;
            },
            start,
            limits);
    return IntStream.range(0, devices.size())
        .mapToObj(i -> member(devices.get(i).device().matrix(), best, i))
        .toList();
  }

  private static MatrixEngine member(MatrixEngine start, double[] point, int device) {
    int rates = SHAPE + RATES * device;
    return new MatrixEngine(
        point[rates],
        point[rates + 1],
        point[0],
        point[1],
        point[2],
        start.narrowSpeed(),
        start.floorSeconds());
  }

  /** The two rates of multiplications; how they depend on the shape is kept. */
  public static MatrixEngine rates(DeviceSpec device, List<Measurement> gemms) {
    var engine = device.matrix();
    var sources = bySource(gemms);
    ToDoubleFunction<double[]> cost = point -> cost(device.with(rates(engine, point)), sources);
    return DoubleStream.of(0.5, 0.65, 0.8)
        .mapToObj(start -> CoordinateSearch.minimize(cost, new double[] {1, start}, LIMITS))
        .min(Comparator.comparingDouble(cost))
        .map(best -> rates(engine, best))
        .orElseThrow();
  }

  private static MatrixEngine rates(MatrixEngine start, double[] point) {
    return new MatrixEngine(
        point[0],
        point[1],
        start.fillDepth(),
        start.operandLoad(),
        start.exposedOutput(),
        start.narrowSpeed(),
        start.floorSeconds());
  }

  /** The bandwidth that streams reach. */
  public static StreamEngine stream(DeviceSpec device, List<Measurement> streams) {
    var start = device.stream();
    var best =
        search(
            streams,
            point -> device.with(stream(start, point)),
            new double[] {start.bandwidth()},
            new double[] {1});
    return stream(start, best);
  }

  private static StreamEngine stream(StreamEngine start, double[] point) {
    return new StreamEngine(point[0], start.vector(), start.floorSeconds());
  }

  /** The rates of both kernels of attention, and what narrow heads and short sequences cost. */
  public static AttentionEngine attention(DeviceSpec device, List<Measurement> kernels) {
    var start = device.attention();
    var best =
        search(
            kernels,
            point -> device.with(attention(start, point)),
            new double[] {start.forward(), start.backward(), start.width(), start.fill()},
            new double[] {1, 1, UNLIMITED, UNLIMITED});
    return attention(start, best);
  }

  /** The rates of both kernels of attention; what heads and sequences cost beyond is kept. */
  public static AttentionEngine attentionRates(DeviceSpec device, List<Measurement> kernels) {
    var start = device.attention();
    var shape = new double[] {0, 0, start.width(), start.fill()};
    var best =
        search(
            kernels,
            point -> device.with(attention(start, rated(shape, point))),
            new double[] {start.forward(), start.backward()},
            LIMITS);
    return attention(start, rated(shape, best));
  }

  private static double[] rated(double[] shape, double[] rates) {
    return new double[] {rates[0], rates[1], shape[2], shape[3]};
  }

  private static AttentionEngine attention(AttentionEngine start, double[] point) {
    return new AttentionEngine(
        point[0], point[1], point[2], point[3], start.rows(), start.floorSeconds(), start.flash2());
  }

  private static double[] search(
      List<Measurement> measurements,
      Function<double[], DeviceSpec> device,
      double[] start,
      double[] limits) {
    var sources = bySource(measurements);
    return CoordinateSearch.minimize(point -> cost(device.apply(point), sources), start, limits);
  }

  private static Collection<List<Measurement>> bySource(List<Measurement> measurements) {
    return measurements.stream()
        .collect(groupingBy(Measurement::source, TreeMap::new, toList()))
        .values();
  }

  /** The mean over sources of the mean absolute error. */
  private static double cost(DeviceSpec device, Collection<List<Measurement>> sources) {
    var times = new KernelTimes(device);
    return sources.stream().mapToDouble(one -> meanError(times, one)).average().orElse(0);
  }

  private static double meanError(KernelTimes times, List<Measurement> measurements) {
    return measurements.stream()
        .mapToDouble(one -> Math.abs(Spread.error(times, one)))
        .average()
        .orElse(0);
  }
}
