package dev.weft.passes.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weft.ir.type.DType;
import dev.weft.passes.cluster.AttentionEngine;
import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.MatrixEngine;
import dev.weft.passes.cluster.StreamEngine;
import dev.weft.passes.price.AttentionKernel;
import dev.weft.passes.price.Gemm;
import dev.weft.passes.price.Kernel;
import dev.weft.passes.price.KernelTimes;
import dev.weft.passes.price.Layout;
import dev.weft.passes.price.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Constants are found again in the times that they make. */
class EngineFitTest {
  private static final DeviceSpec START =
      DeviceSpec.fromDataSheet(
          "start", 80L << 30, 2e12, Map.of("bf16", 3e14), 2e13, 108, 40L << 20);

  private static List<Measurement> times(DeviceSpec device, List<? extends Kernel> kernels) {
    var times = new KernelTimes(device);
    return kernels.stream()
        .map(kernel -> new Measurement(kernel, times.seconds(kernel), "made up"))
        .toList();
  }

  private static List<Gemm> gemms() {
    var gemms = new ArrayList<Gemm>();
    for (long m : new long[] {512, 1536, 4096, 8192}) {
      for (long n : new long[] {1024, 5120}) {
        for (long k : new long[] {512, 2048, 8192}) {
          gemms.add(new Gemm(DType.BF16, 1, m, n, k, Layout.NN, (m + n + k) % 3 == 0));
        }
      }
    }
    return gemms;
  }

  @Test
  void ratesOfAMatrixEngine() {
    var usual = START.matrix();
    var engine =
        new MatrixEngine(
            0.9,
            0.6,
            usual.fillDepth(),
            usual.operandLoad(),
            usual.exposedOutput(),
            usual.narrowSpeed(),
            usual.floorSeconds());
    var found = EngineFit.rates(START, times(START.with(engine), gemms()));
    assertThat(found.issue()).isCloseTo(0.9, within(0.02));
    assertThat(found.sustained()).isCloseTo(0.6, within(0.01));
  }

  @Test
  void aFamilySharesItsShape() {
    var slow = START.with(new MatrixEngine(0.8, 0.55, 90, 12, 0.3, 1, 4e-6));
    var fast = START.with(new MatrixEngine(0.95, 0.85, 90, 12, 0.3, 1, 4e-6));
    var measured = List.of(times(slow, gemms()), times(fast, gemms()));
    var found =
        EngineFit.family(measured.stream().map(one -> new MeasuredDevice(START, one)).toList());
    assertThat(found).hasSize(2);
    assertThat(found.getFirst().fillDepth()).isEqualTo(found.getLast().fillDepth());
    for (int i = 0; i < 2; i++) {
      var device = START.with(found.get(i));
      assertThat(Spread.of(device, measured.get(i)).mean()).isLessThan(0.02);
    }
  }

  @Test
  void theBandwidthOfStreams() {
    var device = START.with(new StreamEngine(0.7, 0.5, 3e-6));
    var streams = times(device, List.of(new Stream(1L << 28, 0), new Stream(1L << 32, 0)));
    assertThat(EngineFit.stream(START, streams).bandwidth()).isCloseTo(0.7, within(0.001));
  }

  @Test
  void attention() {
    var device = START.with(new AttentionEngine(0.8, 0.5, 30, 200, 128, 5e-6, 1));
    var kernels = new ArrayList<AttentionKernel>();
    for (long heads : new long[] {4, 16, 64}) {
      for (long width : new long[] {64, 128}) {
        for (long positions : new long[] {1024, 8192}) {
          for (boolean isBackward : new boolean[] {false, true}) {
            kernels.add(
                new AttentionKernel(
                    DType.BF16,
                    isBackward,
                    1,
                    heads,
                    heads,
                    positions,
                    positions,
                    width,
                    width,
                    true));
          }
        }
      }
    }
    var measured = times(device, kernels);
    var found = START.with(EngineFit.attention(START, measured));
    assertThat(Spread.of(found, measured).mean()).isLessThan(0.01);

    var shaped = START.with(new AttentionEngine(0.3, 0.3, 30, 200, 128, 5e-6, 1));
    var rates = EngineFit.attentionRates(shaped, measured);
    assertThat(rates.forward()).isCloseTo(0.8, within(0.001));
    assertThat(rates.backward()).isCloseTo(0.5, within(0.001));
  }

  @Test
  void errorsAreLogarithms() {
    var stream = new Stream(1L << 30, 0);
    double seconds = new KernelTimes(START).seconds(stream);
    var spread =
        Spread.of(
            START,
            List.of(
                new Measurement(stream, 2 * seconds, "a"),
                new Measurement(stream, seconds / 2, "b"),
                new Measurement(stream, seconds, "c")));
    assertThat(spread.bias()).isCloseTo(0, within(1e-12));
    assertThat(spread.median()).isCloseTo(Math.log(2), within(1e-12));
    assertThat(spread.mean()).isCloseTo(Math.log(2) * 2 / 3, within(1e-12));
    assertThatThrownBy(() -> Spread.of(START, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTableIsRead(@TempDir Path folder) throws IOException {
    var file = folder.resolve("gemm.csv");
    Files.writeString(
        file,
        """
        device,what,dtype,batch,m,n,k,layout,accumulates,microseconds,source
        x,matmul,bf16,2,3,4,5,NT,yes,6.5,somebody
        """);
    assertThat(MeasuredKernels.gemms(file))
        .containsExactly(
            new MeasuredKernel(
                "x",
                "matmul",
                new Measurement(
                    new Gemm(DType.BF16, 2, 3, 4, 5, Layout.NT, true), 6.5 * 1e-6, "somebody")));
    Files.writeString(file, "device,what\nx\n");
    assertThatThrownBy(() -> MeasuredKernels.gemms(file))
        .hasMessage("a row has 1 fields for 2 columns");
  }
}
