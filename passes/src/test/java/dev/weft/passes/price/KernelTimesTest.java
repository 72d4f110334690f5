package dev.weft.passes.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.ir.type.DType;
import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.ProductFormat;
import dev.weft.passes.cluster.SpecKind;
import dev.weft.passes.cluster.Specs;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws that hold whatever the constants of a device are. */
class KernelTimesTest {
  private static final DeviceSpec DEVICE =
      DeviceSpec.fromDataSheet(
          "sample", 80L << 30, 2e12, Map.of("bf16", 3e14, "f16", 3e14), 2e13, 108, 40L << 20);

  private static final KernelTimes TIMES = new KernelTimes(DEVICE);

  private static List<DeviceSpec> shipped() {
    return Specs.names(SpecKind.DEVICE).stream()
        .map(name -> Specs.named(DeviceSpec.class, name).orThrow())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void noShippedDeviceIsFasterThanItsDataSheet(DeviceSpec device) {
    var times = new KernelTimes(device);
    for (long size = 32; size <= 32768; size *= 2) {
      for (var dtype : new DType[] {DType.BF16, DType.F16, DType.F32}) {
        var gemm = new Gemm(dtype, 1, size, size + 1, size, Layout.TN, false);
        for (var format : ProductFormat.values()) {
          assertThat(gemm.flops() / times.seconds(gemm.in(format)))
              .isLessThan(device.matrixFlops(format, dtype));
        }
        for (boolean isBackward : new boolean[] {false, true}) {
          var attention =
              new AttentionKernel(dtype, isBackward, 4, 32, 8, size, size, 128, 128, isBackward);
          assertThat(attention.flops() / times.seconds(attention))
              .isLessThan(device.matrixFlops(dtype));
        }
      }
      var stream = new Stream(size * size, 0);
      assertThat(stream.bytes() / times.seconds(stream)).isLessThan(device.memoryBandwidth());
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void longerAttentionIsNeverFaster(DeviceSpec device) {
    var times = new KernelTimes(device);
    double last = 0;
    for (long positions = 1; positions < 20000; positions += 1 + positions / 3) {
      var kernel =
          new AttentionKernel(DType.F16, false, 1, 3, 1, positions, positions, 64, 64, true);
      assertThat(times.seconds(kernel)).isGreaterThanOrEqualTo(last);
      last = times.seconds(kernel);
    }
  }

  private static Gemm square(long size) {
    return new Gemm(DType.BF16, 1, size, size, size, Layout.NN, false);
  }

  private static double share(Gemm gemm) {
    return gemm.flops() / TIMES.seconds(gemm) / DEVICE.matrixFlops(gemm.dtype());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 64, 127, 128, 129, 1000, 4096, 5000, 8192, 65536})
  void noMultiplicationIsFasterThanThePeak(long size) {
    assertThat(share(square(size))).isBetween(0.0, 1.0);
  }

  @Test
  void moreOfAnyDimensionIsNeverFaster() {
    var sizes = LongStream.of(1, 17, 64, 128, 129, 255, 256, 300, 1024, 1025, 4096, 4100).toArray();
    for (int i = 1; i < sizes.length; i++) {
      long a = sizes[i - 1];
      long b = sizes[i];
      assertThat(seconds(1, b, 768, 768)).isGreaterThanOrEqualTo(seconds(1, a, 768, 768));
      assertThat(seconds(1, 768, b, 768)).isGreaterThanOrEqualTo(seconds(1, 768, a, 768));
      assertThat(seconds(1, 768, 768, b)).isGreaterThan(seconds(1, 768, 768, a));
      assertThat(seconds(b, 64, 64, 64)).isGreaterThanOrEqualTo(seconds(a, 64, 64, 64));
    }
  }

  private static double seconds(long batch, long m, long n, long k) {
    return TIMES.seconds(new Gemm(DType.BF16, batch, m, n, k, Layout.NN, false));
  }

  /** Tiles of the next group take what the last wave of one leaves; starting each costs. */
  @Test
  void groupsCostLessThanOneProductAfterAnotherAndMoreThanOneKernel() {
    for (long m : new long[] {100, 1000, 10000}) {
      var one = new Gemm(DType.BF16, 1, m, 1000, 1000, Layout.TN, false);
      var many = new Gemm(DType.BF16, 12, m, 1000, 1000, Layout.TN, false);
      assertThat(one.grouped()).isEqualTo(one);
      assertThat(TIMES.seconds(many.grouped()))
          .isCloseTo(TIMES.seconds(many) + 11 * DEVICE.matrix().floorSeconds(), within(1e-12))
          .isLessThanOrEqualTo(12 * TIMES.seconds(one) * (1 + 1e-12));
    }
  }

  @Test
  void oneTileMoreThanTheUnitsTakeOpensAWave() {
    // 108 units: tiles of 128 by 128 fill them exactly at 12 by 9.
    double full = seconds(1, 12 * 128, 9 * 128, 4096);
    double over = seconds(1, 13 * 128, 9 * 128, 4096);
    assertThat(over / full).as("a twelfth more work").isGreaterThan(1.2);
  }

  @Test
  void aDeepMultiplicationReachesMoreThanAShallowOne() {
    var deep = new Gemm(DType.BF16, 1, 4096, 4096, 8192, Layout.NN, false);
    var shallow = new Gemm(DType.BF16, 1, 4096, 4096, 256, Layout.NN, false);
    assertThat(share(deep)).isGreaterThan(share(shallow));
  }

  @Test
  void accumulatingIntoAResultInMemoryCosts() {
    var fresh = new Gemm(DType.BF16, 1, 4096, 4096, 4096, Layout.NT, false);
    var sum = new Gemm(DType.BF16, 1, 4096, 4096, 4096, Layout.NT, true);
    assertThat(TIMES.seconds(sum)).isGreaterThan(TIMES.seconds(fresh));
    assertThat(sum.resultBytes()).isEqualTo(4 * fresh.resultBytes());
    assertThat(fresh.accumulating(2).resultBytes()).isEqualTo(2 * fresh.resultBytes());
  }

  /** Twice the rate, half the bytes of the operands and the same of the result. */
  @Test
  void productsOfEightBits() {
    var device = Specs.named(DeviceSpec.class, "h100-sxm5-80").orThrow();
    var times = new KernelTimes(device);
    assertThat(gain(times, new Gemm(DType.BF16, 1, 8192, 8192, 8192, Layout.TN, false)))
        .isBetween(1.9, 2.0);
    var thin = new Gemm(DType.BF16, 1, 8192, 8192, 32, Layout.TN, false);
    assertThat(thin.in(ProductFormat.EIGHT_BITS).operandBytes()).isEqualTo(thin.operandBytes() / 2);
    assertThat(thin.in(ProductFormat.EIGHT_BITS).resultBytes()).isEqualTo(thin.resultBytes());
    assertThat(gain(times, thin)).isBetween(1.0, 1.2);
  }

  private static double gain(KernelTimes times, Gemm gemm) {
    return times.seconds(gemm) / times.seconds(gemm.in(ProductFormat.EIGHT_BITS));
  }

  @ParameterizedTest
  @EnumSource(ProductFormat.class)
  void withoutARateForAFormatProductsAreInTheTrainingPrecision(ProductFormat format) {
    var gemm = square(8192);
    assertThat(TIMES.seconds(gemm.in(format))).isEqualTo(TIMES.seconds(gemm));
  }

  @Test
  void aFormatHasASpeedOfItsOwn() {
    var device = Specs.named(DeviceSpec.class, "b200-sxm-180").orThrow();
    assertThat(device.matrix().narrowSpeed()).isGreaterThan(1);
    assertThat(gain(new KernelTimes(device), square(16384)))
        .isCloseTo(2 * device.matrix().narrowSpeed(), within(0.05));
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void whatTheMatrixEngineDoesNotTakeGoesThroughTheVectorUnits(DType dtype) {
    var gemm = new Gemm(dtype, 1, 4096, 4096, 4096, Layout.NN, false);
    assertThat(gemm.flops() / TIMES.seconds(gemm)).isLessThan(DEVICE.vectorFlops());
  }

  @Test
  void aStreamTakesItsFloorAndItsBytes() {
    double floor = TIMES.seconds(new Stream(0, 0));
    double large = TIMES.seconds(new Stream(1L << 32, 0));
    double reached = DEVICE.memoryBandwidth() * DEVICE.stream().bandwidth();
    assertThat(floor).isEqualTo(DEVICE.stream().floorSeconds());
    assertThat(large - floor).isCloseTo((1L << 32) / reached, within(1e-12));
  }

  @Test
  void aStreamOfMuchArithmeticIsBoundByIt() {
    assertThat(TIMES.seconds(new Stream(1000, 1_000_000_000_000L))).isGreaterThan(0.05);
  }

  @Test
  void halfOfTheScoresCostLessAndTheBackwardMore() {
    double all = attention(false, 4096, false);
    assertThat(attention(false, 4096, true)).isBetween(0.4 * all, 0.8 * all);
    assertThat(attention(true, 4096, false)).isBetween(2 * all, 4 * all);
  }

  @Test
  void longerSequencesReachMore() {
    double four = attention(false, 4096, true);
    double eight = attention(false, 8192, true);
    assertThat(eight / four).isBetween(3.0, 4.0);
  }

  private static double attention(boolean isBackward, long positions, boolean isCausal) {
    return TIMES.seconds(
        new AttentionKernel(
            DType.BF16, isBackward, 1, 32, 8, positions, positions, 128, 128, isCausal));
  }
}
