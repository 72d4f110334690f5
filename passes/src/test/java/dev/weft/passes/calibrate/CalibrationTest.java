package dev.weft.passes.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.ir.source.Source;
import dev.weft.ir.type.DType;
import dev.weft.passes.calibrate.Readings.AttentionReading;
import dev.weft.passes.calibrate.Readings.CopyReading;
import dev.weft.passes.calibrate.Readings.Direction;
import dev.weft.passes.calibrate.Readings.ExchangeReading;
import dev.weft.passes.calibrate.Readings.Floors;
import dev.weft.passes.calibrate.Readings.GemmReading;
import dev.weft.passes.calibrate.Readings.Machine;
import dev.weft.passes.calibrate.Readings.StreamReading;
import dev.weft.passes.calibrate.Readings.UpdateReading;
import dev.weft.passes.cluster.Clusters;
import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.LinkSpec;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.network.Network;
import dev.weft.passes.price.AttentionKernel;
import dev.weft.passes.price.Gemm;
import dev.weft.passes.price.KernelTimes;
import dev.weft.passes.price.Layout;
import dev.weft.passes.price.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine that does exactly what the formulas say is found again. */
class CalibrationTest {
  private static final Path MEASURED =
      Path.of(System.getProperty("weft.root", "..")).resolve("bench/data/calibrate");
  private static final DeviceSpec DEVICE = Specs.named(DeviceSpec.class, "a100-sxm4-80").orThrow();
  private static final LinkSpec LINK = Specs.named(LinkSpec.class, "nvlink3").orThrow();
  private static final int DEVICES = 8;

  /** What the benchmark would measure on it. */
  private static Readings readings(DeviceSpec device, LinkSpec link) {
    var times = new KernelTimes(device);
    double floor = device.stream().floorSeconds();
    var machine =
        new Machine(
            "cuda",
            "NVIDIA A100-SXM4-80GB",
            DEVICES,
            device.memoryBytes(),
            device.units(),
            device.cacheBytes(),
            "2.11.0",
            "2026-11-21",
            1L << 41);
    return new Readings(
        1,
        machine,
        new Floors(5e-6, floor),
        streams(times),
        gemms(times),
        attention(times),
        copies(),
        Optional.of(new UpdateReading(28L << 30, 0.25)),
        exchanges(link),
        List.of());
  }

  private static List<StreamReading> streams(KernelTimes times) {
    var found = new ArrayList<StreamReading>();
    for (long bytes = 1 << 20; bytes <= 1 << 30; bytes *= 4) {
      found.add(new StreamReading("copy", bytes, times.seconds(new Stream(bytes, 0))));
    }
    return found;
  }

  private static List<GemmReading> gemms(KernelTimes times) {
    var found = new ArrayList<GemmReading>();
    for (var dtype : List.of(DType.BF16, DType.F32)) {
      for (long size = 512; size <= 8192; size *= 2) {
        for (long depth = 256; depth <= 8192; depth *= 4) {
          var gemm = new Gemm(dtype, 1, size, size + 384, depth, Layout.TN, false);
          found.add(
              new GemmReading(
                  dtype, 1, size, size + 384, depth, Layout.TN, false, times.seconds(gemm)));
        }
      }
    }
    return found;
  }

  private static List<AttentionReading> attention(KernelTimes times) {
    var found = new ArrayList<AttentionReading>();
    for (boolean isBackward : new boolean[] {false, true}) {
      for (long positions = 1024; positions <= 16384; positions *= 4) {
        var kernel =
            new AttentionKernel(
                DType.BF16, isBackward, 1, 32, 32, positions, positions, 128, 128, true);
        found.add(
            new AttentionReading(
                DType.BF16, isBackward, 1, 32, 32, positions, 128, true, times.seconds(kernel)));
      }
    }
    return found;
  }

  private static List<CopyReading> copies() {
    return List.of(
        new CopyReading(Direction.TO_DEVICE, 4096, 1e-5),
        new CopyReading(Direction.TO_DEVICE, 1 << 30, (1 << 30) / 2.5e10),
        new CopyReading(Direction.TO_HOST, 1 << 30, (1 << 30) / 2e10));
  }

  private static List<ExchangeReading> exchanges(LinkSpec link) {
    var network = new Network(List.of(link));
    var found = new ArrayList<ExchangeReading>();
    for (var kind : ExchangeKind.values()) {
      for (long bytes = 1 << 12; bytes <= 1 << 30; bytes *= 16) {
        found.add(new ExchangeReading(kind, DEVICES, bytes, kind.seconds(network, bytes, DEVICES)));
      }
    }
    return found;
  }

  /** A link as the fit knows it: a bandwidth that is reached, a switch that does not add. */
  private static LinkSpec plain(LinkSpec link) {
    return LinkStart.of(DEVICES, link.bandwidth(), 2e-5);
  }

  @Test
  void aDeviceWithADataSheetIsFoundAgain() {
    var found = Calibration.of(readings(DEVICE, plain(LINK)), "mine", Optional.of(DEVICE));
    assertThat(found.device().matrixFlops()).isEqualTo(DEVICE.matrixFlops());
    assertThat(found.device().stream().bandwidth())
        .isCloseTo(DEVICE.stream().bandwidth(), within(0.02));
    assertThat(found.device().matrix().sustained())
        .isCloseTo(DEVICE.matrix().sustained(), within(0.02));
    assertThat(found.errors())
        .containsOnlyKeys("gemm bf16", "gemm f32", "attention", "streams", "collectives");
    assertThat(found.errors().values()).allSatisfy(e -> assertThat(e.median()).isLessThan(0.03));
  }

  /** Without a data sheet the peaks are guessed from the best rates; the predictions still hold. */
  @Test
  void aDeviceWithoutADataSheetIsPredictedAsWell() {
    var found = Calibration.of(readings(DEVICE, plain(LINK)), "mine", Optional.empty());
    assertThat(found.device().matrixFlops()).containsOnlyKeys("bf16", "f32");
    assertThat(median(found, "gemm bf16")).isLessThan(0.05);
    assertThat(median(found, "streams")).isLessThan(0.02);
  }

  private static double median(Calibration found, String what) {
    return Objects.requireNonNull(found.errors().get(what)).median();
  }

  @Test
  void theSlowerDirectionOfTheHostLinkCounts() {
    var host = Calibration.of(readings(DEVICE, LINK), "mine", Optional.empty()).host();
    assertThat(host.linkBandwidth()).isCloseTo(2e10, within(1e6));
    assertThat(host.linkLatency()).isEqualTo(1e-5);
    assertThat(host.updateBandwidth()).isEqualTo(112.0 * (1L << 30));
  }

  @Test
  void theSpecReadsBack() {
    var found = Calibration.of(readings(DEVICE, plain(LINK)), "mine", Optional.of(DEVICE));
    var cluster = Clusters.read(new Source("mine.json", found.json())).orThrow();
    assertThat(cluster.name()).isEqualTo("mine");
    assertThat(cluster.devices()).hasValue(DEVICES);
    assertThat(cluster.nodes().getFirst().device().matrix().sustained())
        .isCloseTo(found.device().matrix().sustained(), within(1e-4));
    assertThat(cluster.links().getFirst().devices()).isEqualTo(DEVICES);
    assertThat(found.json())
        .isEqualTo(Calibration.of(found.readings(), "mine", Optional.of(DEVICE)).json())
        .contains("measured by weft calibrate on NVIDIA A100-SXM4-80GB, 2026-11-21");
  }

  @Test
  void oneDeviceHasNoLinkOfItsOwn() {
    var all = readings(DEVICE, LINK);
    var alone =
        new Readings(
            all.format(),
            all.device(),
            all.floors(),
            all.streams(),
            all.gemms(),
            all.attention(),
            all.host(),
            Optional.empty(),
            List.of(),
            List.of());
    var found = Calibration.of(alone, "mine", Optional.empty());
    assertThat(found.link()).isEmpty();
    assertThat(found.errors()).doesNotContainKey("collectives");
    assertThat(Clusters.read(new Source("mine.json", found.json())).hasErrors()).isFalse();
    assertThat(found.json()).containsOnlyOnce("derived default, not measured");
  }

  /** What was measured on real machines, kept as it was. */
  @Test
  void committedResultsAreRead() throws IOException {
    var found = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(MEASURED, "*.json")) {
      files.forEach(found::add);
    }
    assertThat(found).isNotEmpty();
    for (var file : found) {
      var readings = Readings.read(new Source(file.toString(), Files.readString(file))).orThrow();
      var json = Calibration.of(readings, "measured", Optional.empty()).json();
      assertThat(Clusters.read(new Source("measured.json", json)).diagnostics()).isEmpty();
      assertThat(json).contains(readings.device().date());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"format\": 1|\"format\": 2|VALUE|--emit-only",
        "\"kind\": \"all-reduce\"|\"kind\": \"scatter\"|UNKNOWN_CHOICE|all-reduce",
        "\"layout\": \"tn\"|\"layout\": \"tt\"|UNKNOWN_CHOICE|nn, nt, tn",
        "\"gemms\"|\"gems\"|UNKNOWN_KEY|gems",
      })
  void whatIsWrongWithResultsIsSaid(String part, String other, String code, String message)
      throws IOException {
    try (var files = Files.newDirectoryStream(MEASURED, "*.json")) {
      var text = Files.readString(files.iterator().next());
      assertThat(text).contains(part);
      assertThat(Readings.read(new Source("r.json", text.replace(part, other))).diagnostics())
          .anySatisfy(
              found -> {
                assertThat(found.code()).hasToString(code);
                assertThat(found.message()).contains(message);
              });
    }
  }
}
