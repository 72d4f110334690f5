package dev.weft.bench.fit;

import dev.weft.passes.cluster.AttentionEngine;
import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.MatrixEngine;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.fit.EngineFit;
import dev.weft.passes.fit.MeasuredDevice;
import dev.weft.passes.fit.MeasuredKernel;
import dev.weft.passes.fit.MeasuredKernels;
import dev.weft.passes.fit.Measurement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Finds what the engines of each measured device reach. The shapes of multiplications are learned
 * where many shapes were measured; all other devices keep them and learn their two rates.
 */
final class ComputeFit {
  /** Measured for a reason of its own, or as several kernels: reported, never fitted. */
  private static final Set<String> CHECKS =
      Set.of(
          "best of a search",
          "grouped",
          "best of a search in eight bits",
          "eight bits",
          "eight bits grouped");

  /** Devices with many shapes, which teach what all of them share. */
  private static final List<String> FAMILY =
      List.of("a100-pcie-80", "a100-sxm4-40", "v100-sxm2-32", "gh200-96");

  private static final List<String> OTHERS = List.of("b200-sxm-180", "l4-24", "a10g-24");

  private static final List<String> STREAMING =
      List.of("a100-sxm4-40", "v100-sxm2-32", "gh200-96", "l4-24", "a10g-24");

  /** The plainest of streams: two and a half tensors, nothing but a product. */
  private static final String STREAM = "dropout backward";

  private final List<MeasuredKernel> gemms;
  private final List<MeasuredKernel> attentions;
  private final List<MeasuredKernel> streams;

  ComputeFit(Path data) throws IOException {
    this.gemms = MeasuredKernels.gemms(data.resolve("gemm.csv"));
    this.attentions = MeasuredKernels.attentions(data.resolve("attention.csv"));
    this.streams = MeasuredKernels.streams(data.resolve("stream.csv"));
  }

  /** What streams reach, of the devices on which their plainest was measured. */
  List<Learned> streams() {
    return STREAMING.stream()
        .map(ComputeFit::device)
        .map(
            device -> {
              var fitted = device.with(EngineFit.stream(device, streamsOf(device)));
              return new Learned(fitted, fitted.stream(), streamsOf(device));
            })
        .toList();
  }

  /** What multiplications reach: the family first. */
  List<Learned> gemms() {
    var devices = FAMILY.stream().map(ComputeFit::device).toList();
    var engines = family(devices);
    var learned = new ArrayList<Learned>();
    for (int i = 0; i < devices.size(); i++) {
      learned.add(learned(devices.get(i).with(engines.get(i))));
    }
    for (var name : OTHERS) {
      learned.add(rates(shaped(device(name), engines.getFirst())));
    }
    return learned;
  }

  /** The members of the family once more, each with the shape that the others teach. */
  List<Learned> heldOut() {
    var devices = FAMILY.stream().map(ComputeFit::device).toList();
    return IntStream.range(0, devices.size())
        .mapToObj(
            out -> {
              var others = new ArrayList<>(devices);
              var device = others.remove(out);
              return rates(shaped(device, family(others).getFirst()));
            })
        .toList();
  }

  /** What fused attention reaches. */
  List<Learned> attentions() {
    return List.of(
        attention(device("a100-pcie-80"), one -> true),
        attention(device("h100-sxm5-80"), one -> true),
        renewedAttention(device("b200-sxm-180")));
  }

  /** A shipped device before anything was learned but the bandwidth of streams. */
  private static DeviceSpec device(String name) {
    var shipped = Specs.named(DeviceSpec.class, name).orThrow();
    var usual = AttentionEngine.USUAL;
    return shipped
        .with(MatrixEngine.USUAL.withNarrowSpeed(shipped.matrix().narrowSpeed()))
        .with(
            new AttentionEngine(
                usual.forward(),
                usual.backward(),
                usual.width(),
                usual.fill(),
                shipped.attention().rows(),
                usual.floorSeconds(),
                shipped.attention().flash2()));
  }

  private List<MatrixEngine> family(List<DeviceSpec> devices) {
    return EngineFit.family(
        devices.stream().map(device -> new MeasuredDevice(device, gemmsOf(device))).toList());
  }

  /** A device with the shape of others; how it multiplies in narrow formats stays its own. */
  private static DeviceSpec shaped(DeviceSpec device, MatrixEngine engine) {
    return device.with(engine.withNarrowSpeed(device.matrix().narrowSpeed()));
  }

  private Learned rates(DeviceSpec device) {
    return learned(device.with(EngineFit.rates(device, gemmsOf(device))));
  }

  private Learned learned(DeviceSpec fitted) {
    return new Learned(fitted, fitted.matrix(), gemmsOf(fitted));
  }

  private List<Measurement> gemmsOf(DeviceSpec device) {
    return of(gemms, device, one -> !CHECKS.contains(one.what()));
  }

  private List<Measurement> streamsOf(DeviceSpec device) {
    return of(streams, device, one -> one.what().equals(STREAM));
  }

  private Learned attention(DeviceSpec device, Predicate<MeasuredKernel> wanted) {
    var rows = of(attentions, device, wanted);
    var fitted = device.with(EngineFit.attention(device, rows));
    return new Learned(fitted, fitted.attention(), rows);
  }

  /**
   * A device of which an old library was measured in many shapes and a later one in few: the shape
   * of the one, the rates of the other.
   */
  private Learned renewedAttention(DeviceSpec device) {
    var shaped = attention(device, ComputeFit::isOld).device();
    var rows = of(attentions, device, one -> !isOld(one));
    var fitted = shaped.with(EngineFit.attentionRates(shaped, rows));
    return new Learned(fitted, fitted.attention(), rows);
  }

  private static boolean isOld(MeasuredKernel kernel) {
    return kernel.measurement().source().startsWith("SimuMax");
  }

  private static List<Measurement> of(
      List<MeasuredKernel> table, DeviceSpec device, Predicate<MeasuredKernel> wanted) {
    return table.stream()
        .filter(one -> one.device().equals(device.name()) && wanted.test(one))
        .map(MeasuredKernel::measurement)
        .toList();
  }
}
