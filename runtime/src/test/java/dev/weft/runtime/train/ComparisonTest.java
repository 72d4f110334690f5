package dev.weft.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final StepResult SERIAL = step(2, vector(1, -4), vector(3, 8), vector(0, 1e-4));

  private final Comparison comparison = new Comparison();

  @Test
  void equalRunsHaveNoError() {
    comparison.add(SERIAL, SERIAL);
    assertThat(comparison.lossMaxRelError()).isZero();
    assertThat(comparison.outputMaxRelError()).isZero();
    assertThat(comparison.gradMaxRelError()).isZero();
    assertThat(comparison.passed(0)).isTrue();
  }

  @Test
  void errorsAreRelativeToTheLargestEntry() {
    comparison.add(step(2.5, vector(1.4, -4), vector(3, 8.8), vector(0, 1e-4)), SERIAL);
    assertThat(comparison.lossMaxRelError()).isCloseTo(0.25, within(1e-15));
    assertThat(comparison.outputMaxRelError()).isCloseTo(0.1, within(1e-15));
    assertThat(comparison.gradMaxRelError()).isCloseTo(0.1, within(1e-15));
    assertThat(comparison.worst()).isEqualTo("loss");
    assertThat(comparison.passed(0.2)).isFalse();
    assertThat(comparison.passed(0.3)).isTrue();
  }

  @Test
  void smallGradientsAreMeasuredAgainstAThousandthOfTheLargest() {
    comparison.add(step(2, vector(1, -4), vector(3, 8), vector(0, 2e-4)), SERIAL);
    assertThat(comparison.gradMaxRelError()).isCloseTo(1e-4 / 8e-3, within(1e-15));
    assertThat(comparison.worst()).isEqualTo("gradient small");
  }

  @Test
  void theWorstOfAllStepsIsKept() {
    comparison.add(step(2.2, vector(1, -4), vector(3, 8), vector(0, 1e-4)), SERIAL);
    comparison.add(SERIAL, SERIAL);
    assertThat(comparison.lossMaxRelError()).isCloseTo(0.1, within(1e-15));
    assertThat(comparison.worst()).isEqualTo("loss");
  }

  @Test
  void noNumberIsAFailureEvenOnBothSides() {
    for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      var gradient = new Comparison();
      var one = step(2, vector(1, -4), vector(3, odd), vector(0, 1e-4));
      gradient.add(one, one);
      assertThat(gradient.gradMaxRelError()).isInfinite();
      assertThat(gradient.passed(Double.MAX_VALUE)).isFalse();
      var loss = new Comparison();
      var other = step(odd, vector(1, -4), vector(3, 8), vector(0, 1e-4));
      loss.add(other, other);
      assertThat(loss.lossMaxRelError()).isInfinite();
    }
  }

  @Test
  void replicasThatDifferAreAFailure() {
    var diverging =
        new StepResult(
            SERIAL.loss(), SERIAL.outputs(), SERIAL.gradients(), Optional.of("gradient large"));
    comparison.add(diverging, SERIAL);
    assertThat(comparison.passed(1e9)).isFalse();
    assertThat(comparison.worst()).isEqualTo("replicas of gradient large");
  }

  @Test
  void weightsCount() {
    comparison.addWeights(Map.of("w", vector(1, 2.2)), Map.of("w", vector(1, 2)));
    assertThat(comparison.weightMaxRelError()).isCloseTo(0.1, within(1e-15));
    assertThat(comparison.passed(0.05)).isFalse();
  }

  private static StepResult step(double loss, Tensor output, Tensor large, Tensor small) {
    return new StepResult(loss, Map.of("logits", output), Map.of("large", large, "small", small));
  }

  private static Tensor vector(double first, double second) {
    return Tensor.of(TensorType.of(DType.F64, new Dim("a", 2)), first, second);
  }
}
