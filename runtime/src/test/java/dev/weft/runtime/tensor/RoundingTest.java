package dev.weft.runtime.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.type.DType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoundingTest {
  @ParameterizedTest
  @CsvSource({
    "F32, 0.1, 0.10000000149011612",
    "F32, 1e300, Infinity",
    "F64, 0.1, 0.1",
    "BF16, 1.00390625, 1.0", // 1 + 2^-8 is halfway: to even
    "BF16, 1.01171875, 1.015625", // 1 + 3 * 2^-8 likewise
    "BF16, 1.00390625000001, 1.0078125", // a little above halfway, lost in binary32
    "BF16, -3.4e38, -Infinity",
    "BF16, NaN, NaN",
    "F16, 2049, 2048",
    "F16, 2049.0000000001, 2050",
    "F16, 65520, Infinity",
    "F16, 6e-8, 5.9604644775390625e-8",
    "I32, 2.5, 2",
    "I32, -3.7, -4",
  })
  void toTheNearestNumberOfTheType(DType dtype, double value, double rounded) {
    assertThat(Rounding.round(dtype, value)).isEqualTo(Double.valueOf(rounded));
  }

  /** Against decimal arithmetic: the significand of a normal number rounded to its bits. */
  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16", "F16"})
  void agreesWithExactArithmetic(DType dtype) {
    var random = new Random(1);
    int bits =
        switch (dtype) {
          case F32 -> 24;
          case BF16 -> 8;
          case F16 -> 11;
          default -> throw new AssertionError(dtype);
        };
    for (int i = 0; i < 10_000; i++) {
      double value = (random.nextDouble() - 0.5) * 100 + 0.001;
      double unit = Math.scalb(1.0, Math.getExponent(value) - bits + 1);
      double expected =
          new BigDecimal(value)
              .divide(new BigDecimal(unit), MathContext.UNLIMITED)
              .setScale(0, RoundingMode.HALF_EVEN)
              .multiply(new BigDecimal(unit))
              .doubleValue();
      assertThat(Rounding.round(dtype, value)).isEqualTo(expected);
    }
  }
}
