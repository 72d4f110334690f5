package dev.weft.ir.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnaryFunctionTest {
  private static final double STEP = 1e-5;

  @ParameterizedTest
  @EnumSource
  void theDerivativeIsTheSlope(UnaryFunction function) {
    for (double x : points(function)) {
      double slope = (function.apply(x + STEP) - function.apply(x - STEP)) / (2 * STEP);
      double kept = function.keepsResult() ? function.apply(x) : x;
      assertThat(function.derivative(kept))
          .as(function + " at " + x)
          .isCloseTo(slope, within(1e-8 * Math.max(1, Math.abs(slope))));
    }
  }

  private static double[] points(UnaryFunction function) {
    return switch (function) {
      case LOG, SQRT, RSQRT -> new double[] {0.2, 0.7, 1, 3, 12};
      case EXP, TANH, SIGMOID, RELU, GELU, GELU_TANH, SILU, ERF, SIN, COS, SQUARE, ABS ->
          new double[] {-3.1, -1.2, -0.4, 0.3, 0.9, 2.2, 4.5};
    };
  }

  @ParameterizedTest
  @CsvSource({
    "EXP, 1, 2.718281828459045",
    "LOG, 2, 0.6931471805599453",
    "TANH, 0.5, 0.46211715726000975",
    "SQRT, 2, 1.4142135623730951",
    "RSQRT, 4, 0.5",
    "SIGMOID, 1, 0.7310585786300049",
    "RELU, -2, 0",
    "RELU, 2, 2",
    "GELU, 1, 0.8413447460685429",
    "GELU_TANH, 1, 0.8411919906082768",
    "SILU, 1, 0.7310585786300049",
    "ERF, 1, 0.8427007929497149",
    "SIN, 1, 0.8414709848078965",
    "COS, 1, 0.5403023058681398",
    "SQUARE, -3, 9",
    "ABS, -3, 3",
  })
  void hasTheKnownValue(UnaryFunction function, double x, double expected) {
    assertThat(function.apply(x)).isCloseTo(expected, within(1e-15));
  }

  @Test
  void theSlopeIsZeroWhereReluAndAbsBend() {
    assertThat(UnaryFunction.RELU.derivative(0)).isZero();
    assertThat(UnaryFunction.ABS.derivative(0)).isZero();
  }
}
