package dev.weft.passes.calibrate;

import dev.weft.ir.type.DType;
import dev.weft.passes.cluster.AttentionEngine;
import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.MatrixEngine;
import dev.weft.passes.cluster.StreamEngine;
import dev.weft.passes.fit.EngineFit;
import dev.weft.passes.fit.Measurement;
import dev.weft.passes.fit.Spread;
import dev.weft.passes.price.KernelTimes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The constants of a device from readings. */
final class DeviceFit {
  /** Streams of fewer caches than this may find their operands in the cache. */
  private static final int CACHES = 4;

  private final Readings readings;
  private final List<Readings.StreamReading> streams;

  DeviceFit(Readings readings) {
    this.readings = readings;
    this.streams = fromMemory(readings);
  }

  /** The streams that come from memory; the largest where all fit into the cache. */
  private static List<Readings.StreamReading> fromMemory(Readings readings) {
    long cache = readings.device().cacheBytes();
    long largest = readings.streams().stream().mapToLong(s -> s.bytes()).max().orElseThrow();
    long least = Math.min(CACHES * cache, largest);
    return readings.streams().stream().filter(s -> s.bytes() >= least).toList();
  }

  DeviceSpec device(String name, Optional<DeviceSpec> like) {
    var start = floored(like.map(known -> named(known, name)).orElseGet(() -> unknown(name)));
    var rated = start.with(EngineFit.rates(start, gemms()));
    var balanced = like.isPresent() ? rated : balanced(rated);
    var fitted = balanced.with(EngineFit.stream(start, measured(streams)));
    return attentions().isEmpty()
        ? fitted
        : fitted.with(EngineFit.attentionRates(fitted, attentions()));
  }

  /**
   * The device with peaks that suit each dtype: all share what is reached of a peak, and the best
   * rate of a dtype may be a lucky one.
   */
  private DeviceSpec balanced(DeviceSpec device) {
    var times = new KernelTimes(device);
    var peaks = new TreeMap<String, Double>();
    device
        .matrixFlops()
        .forEach((dtype, peak) -> peaks.put(dtype, peak * Math.exp(bias(times, dtype))));
    return new DeviceSpec(
        device.name(),
        device.memoryBytes(),
        device.memoryBandwidth(),
        peaks,
        device.vectorFlops(),
        device.units(),
        device.cacheBytes(),
        device.matrix(),
        device.stream(),
        device.attention());
  }

  /** The median of the errors of one dtype's products. */
  private double bias(KernelTimes times, String dtype) {
    var errors =
        readings.gemms().stream()
            .filter(gemm -> gemm.dtype().text().equals(dtype))
            .map(gemm -> gemm.measurement(dtype))
            .mapToDouble(one -> Math.log(times.seconds(one.kernel()) / one.seconds()))
            .sorted()
            .toArray();
    return errors[errors.length / 2];
  }

  /** How far a device's predictions lie from the readings, by what was measured. */
  SequencedMap<String, Spread> errors(DeviceSpec device) {
    var errors = new LinkedHashMap<String, Spread>();
    var dtypes = new TreeMap<DType, List<Measurement>>();
    for (var dtype : DType.values()) {
      var of = readings.gemms().stream().filter(g -> g.dtype() == dtype).toList();
      if (!of.isEmpty()) {
        dtypes.put(dtype, of.stream().map(g -> g.measurement("")).toList());
      }
    }
    dtypes.forEach((dtype, of) -> errors.put("gemm " + dtype.text(), Spread.of(device, of)));
    if (!attentions().isEmpty()) {
      errors.put("attention", Spread.of(device, attentions()));
    }
    errors.put("streams", Spread.of(device, measured(streams)));
    return errors;
  }

  private List<Measurement> gemms() {
    return readings.gemms().stream().map(g -> g.measurement(g.dtype().text())).toList();
  }

  private List<Measurement> attentions() {
    return readings.attention().stream().map(a -> a.measurement(a.dtype().text())).toList();
  }

  private static List<Measurement> measured(List<Readings.StreamReading> streams) {
    return streams.stream().map(s -> s.measurement(s.what())).toList();
  }

  private DeviceSpec named(DeviceSpec known, String name) {
    return new DeviceSpec(
        name,
        readings.device().memoryBytes(),
        known.memoryBandwidth(),
        known.matrixFlops(),
        known.vectorFlops(),
        known.units(),
        known.cacheBytes(),
        known.matrix(),
        known.stream(),
        known.attention());
  }

  /**
   * Peaks are the best rates over what is usually reached of them; f32 is multiplied at the rate of
   * the vector units.
   */
  private DeviceSpec unknown(String name) {
    var machine = readings.device();
    var peaks = new TreeMap<String, Double>();
    for (var gemm : readings.gemms()) {
      double peak = gemm.rate() / MatrixEngine.USUAL.sustained();
      peaks.merge(gemm.dtype().text(), peak, Math::max);
    }
    double slowest = peaks.values().stream().mapToDouble(peak -> peak).min().orElseThrow();
    double best = streams.stream().mapToDouble(s -> s.rate()).max().orElseThrow();
    double bandwidth = best / StreamEngine.USUAL.bandwidth();
    return DeviceSpec.fromDataSheet(
        name,
        machine.memoryBytes(),
        bandwidth,
        Map.copyOf(peaks),
        peaks.getOrDefault(DType.F32.text(), slowest),
        machine.units(),
        machine.cacheBytes());
  }

  private DeviceSpec floored(DeviceSpec device) {
    double floor = readings.floors().floorSeconds();
    var matrix = device.matrix();
    var stream = device.stream();
    var attention = device.attention();
    return device
        .with(
            new MatrixEngine(
                matrix.issue(),
                matrix.sustained(),
                matrix.fillDepth(),
                matrix.operandLoad(),
                matrix.exposedOutput(),
                matrix.narrowSpeed(),
                floor))
        .with(new StreamEngine(stream.bandwidth(), stream.vector(), floor))
        .with(
            new AttentionEngine(
                attention.forward(),
                attention.backward(),
                attention.width(),
                attention.fill(),
                attention.rows(),
                floor,
                attention.flash2()));
  }
}
