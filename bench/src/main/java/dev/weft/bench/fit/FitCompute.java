package dev.weft.bench.fit;

import dev.weft.passes.cluster.AttentionEngine;
import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.MatrixEngine;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.cluster.StreamEngine;
import dev.weft.passes.fit.EngineFit;
import dev.weft.passes.fit.MeasuredDevice;
import dev.weft.passes.fit.MeasuredKernel;
import dev.weft.passes.fit.MeasuredKernels;
import dev.weft.passes.fit.Measurement;
import dev.weft.passes.fit.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds what the engines of each measured device reach. The shapes of multiplications are learned
 * where many shapes were measured; other devices of a family keep them and learn their two rates.
 */
public final class FitCompute {
  /** Measured for a reason of its own, or as several kernels: reported, never fitted. */
  private static final Set<String> CHECKS = Set.of("best of a search", "grouped");

  /** Devices with many shapes, which teach what all of them share. */
  private static final List<String> FAMILY =
      List.of("a100-pcie-80", "a100-sxm4-40", "v100-sxm2-32", "gh200-96");

  private static final List<String> OTHERS = List.of("b200-sxm-180", "l4-24", "a10g-24");

  /** The plainest of streams: two and a half tensors, nothing but a product. */
  private static final String STREAM = "dropout backward";

  private final List<MeasuredKernel> gemms;
  private final List<MeasuredKernel> attentions;
  private final List<MeasuredKernel> streams;

  private FitCompute(Path data) throws IOException {
    this.gemms = MeasuredKernels.gemms(data.resolve("gemm.csv"));
    this.attentions = MeasuredKernels.attentions(data.resolve("attention.csv"));
    this.streams = MeasuredKernels.streams(data.resolve("stream.csv"));
  }

  public static void main(String[] arguments) throws IOException {
    new FitCompute(Path.of(System.getProperty("weft.root")).resolve("bench/data")).run();
  }

  private void run() {
    var devices = FAMILY.stream().map(FitCompute::device).map(this::fitStream).toList();
    var engines = fitFamily(devices);
    for (int i = 0; i < devices.size(); i++) {
      report(devices.get(i).with(engines.get(i)));
    }
    for (var name : OTHERS) {
      fitRates(fitStream(device(name)).with(engines.getFirst()));
    }
    fitAttention(device("a100-pcie-80"));
    fitAttention(device("h100-sxm5-80"));
    fitRenewedAttention(device("b200-sxm-180"));
    System.out.println("\nHeld out: the shape learned from the other devices of the family");
    for (var device : devices) {
      var others = devices.stream().filter(other -> other != device).toList();
      fitRates(device.with(fitFamily(others).getFirst()));
    }
  }

  /** A shipped device before anything was learned: what is usual, and its own blocks of queries. */
  private static DeviceSpec device(String name) {
    var shipped = Specs.named(DeviceSpec.class, name).orThrow();
    var usual = AttentionEngine.USUAL;
    return shipped
        .with(MatrixEngine.USUAL)
        .with(StreamEngine.USUAL)
        .with(
            new AttentionEngine(
                usual.forward(),
                usual.backward(),
                usual.width(),
                usual.fill(),
                shipped.attention().rows(),
                usual.floorSeconds()));
  }

  private List<MatrixEngine> fitFamily(List<DeviceSpec> devices) {
    return EngineFit.family(
        devices.stream().map(device -> new MeasuredDevice(device, gemmsOf(device))).toList());
  }

  private void fitRates(DeviceSpec device) {
    report(device.with(EngineFit.rates(device, gemmsOf(device))));
  }

  private void report(DeviceSpec fitted) {
    print(fitted.name(), fitted.matrix(), Spread.of(fitted, gemmsOf(fitted)));
  }

  private List<Measurement> gemmsOf(DeviceSpec device) {
    return of(gemms, device.name(), one -> !CHECKS.contains(one.what()));
  }

  private DeviceSpec fitStream(DeviceSpec device) {
    var known = of(streams, device.name(), one -> one.what().equals(STREAM));
    if (known.isEmpty()) return device;
    var fitted = device.with(EngineFit.stream(device, known));
    print(device.name(), fitted.stream(), Spread.of(fitted, known));
    return fitted;
  }

  private void fitAttention(DeviceSpec device) {
    var known = of(attentions, device.name(), one -> true);
    var fitted = device.with(EngineFit.attention(device, known));
    print(device.name(), fitted.attention(), Spread.of(fitted, known));
  }

  /**
   * A device of which an old library was measured in many shapes and a later one in few: the shape
   * of the one, the rates of the other.
   */
  private void fitRenewedAttention(DeviceSpec device) {
    var old = of(attentions, device.name(), one -> isOf(one, "SimuMax"));
    var shaped = device.with(EngineFit.attention(device, old));
    print(device.name(), shaped.attention(), Spread.of(shaped, old));
    var renewed = of(attentions, device.name(), one -> !isOf(one, "SimuMax"));
    var fitted = shaped.with(EngineFit.attentionRates(shaped, renewed));
    print(device.name(), fitted.attention(), Spread.of(fitted, renewed));
  }

  private static boolean isOf(MeasuredKernel kernel, String source) {
    return kernel.measurement().source().startsWith(source);
  }

  private static List<Measurement> of(
      List<MeasuredKernel> table, String device, Predicate<MeasuredKernel> wanted) {
    return table.stream()
        .filter(one -> one.device().equals(device) && wanted.test(one))
        .map(MeasuredKernel::measurement)
        .toList();
  }

  private static void print(String device, Record engine, Spread spread) {
    System.out.printf(
        Locale.ROOT,
        "%s %s%n    %d rows: median error %.1f %%, mean %.1f %%, p90 %.1f %%, bias %+.1f %%%n",
        device,
        engine,
        spread.count(),
        100 * spread.median(),
        100 * spread.mean(),
        100 * spread.p90(),
        100 * spread.bias());
  }
}
