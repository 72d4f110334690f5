package dev.weft.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.ir.op.AdamUpdate.Decay;
import dev.weft.ir.op.RateSchedule;
import dev.weft.ir.op.RateSchedule.Shape;
import dev.weft.ir.plan.LossScale;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.UpdateRules;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The serial truth of optimizers, on numbers that are worked out by hand. */
class PlainOptimizerTest {
  private static final OptimizerSpec SGD = new OptimizerSpec.Sgd(1, 0);

  @ParameterizedTest
  @EnumSource(Shape.class)
  void ratesAreThoseOfTheIr(Shape shape) {
    for (int warmup = 0; warmup < 4; warmup++) {
      var schedule = new RateSchedule(0.3, warmup, shape, 9, 0.05);
      for (int step = 1; step < 14; step++) {
        assertThat(PlainRate.of(schedule, step)).isCloseTo(schedule.at(step), within(1e-16));
      }
    }
  }

  /** Gradients 3 and 4 have the norm 5. */
  @Test
  void allGradientsTogetherAreClipped() {
    var spec = SGD.with(UpdateRules.NONE.withClipNorm(1));
    var weights = weights(0, 0);
    new PlainOptimizer(spec).update(weights, weights(3, 4));
    assertThat(value(weights, "a")).isCloseTo(-0.6, within(1e-15));
    assertThat(value(weights, "b")).isCloseTo(-0.8, within(1e-15));
  }

  @Test
  void shortGradientsAreNotClipped() {
    var weights = weights(0, 0);
    new PlainOptimizer(SGD.with(UpdateRules.NONE.withClipNorm(5.1))).update(weights, weights(3, 4));
    assertThat(value(weights, "b")).isEqualTo(-4);
  }

  /** With gradient 0 only the decay moves a weight: a by lr decay, b not at all. */
  @Test
  void someWeightsDoNotDecay() {
    var adamw =
        new OptimizerSpec.Adam(0.1, 0.9, 0.99, 1e-8, 0.5, Decay.DECOUPLED)
            .with(UpdateRules.NONE.withUndecayed(Set.of("b")));
    var weights = weights(2, 2);
    new PlainOptimizer(adamw).update(weights, weights(0, 0));
    assertThat(value(weights, "a")).isCloseTo(2 * 0.95, within(1e-15));
    assertThat(value(weights, "b")).isEqualTo(2);
  }

  /** In the first step Adam's direction is the sign of the gradient: each layer moves by lr |p|. */
  @Test
  void lambMovesEachLayerInProportionToItsNorm() {
    var type = TensorType.of(DType.F64, new Dim("layers", 2), new Dim("d", 1));
    var rate = RateSchedule.constant(0.1);
    var stacked = new OptimizerSpec.Lamb(rate, 0.9, 0.99, 0, 0, Map.of("w", 1), UpdateRules.NONE);
    var weights = new LinkedHashMap<>(Map.of("w", Tensor.of(type, 2, 8)));
    var gradients = Map.of("w", Tensor.of(type, 5, -7));
    new PlainOptimizer(stacked).update(weights, gradients);
    assertThat(weights.values().iterator().next().toArray())
        .usingComparatorWithPrecision(1e-14)
        .containsExactly(1.8, 8.8);
  }

  @Test
  void aStepThatOverflowsHalvesTheScaleAndChangesNothing() {
    var spec = SGD.with(UpdateRules.NONE.withLossScale(new LossScale(8, 2)));
    var optimizer = new PlainOptimizer(spec);
    var weights = weights(1, 1);
    assertThat(optimizer.lossScale()).isEqualTo(8);
    assertThat(optimizer.skips(weights(Double.POSITIVE_INFINITY, 0))).isTrue();
    optimizer.update(weights, weights(Double.POSITIVE_INFINITY, 0));
    assertThat(value(weights, "a")).isEqualTo(1);
    assertThat(optimizer.lossScale()).isEqualTo(4);
    optimizer.update(weights, weights(4, 0));
    assertThat(value(weights, "a")).isZero();
    assertThat(optimizer.lossScale()).isEqualTo(4);
    optimizer.update(weights, weights(4, 0));
    assertThat(optimizer.lossScale()).isEqualTo(8);
  }

  @Test
  void aStaticScaleStays() {
    var spec = SGD.with(UpdateRules.NONE.withLossScale(new LossScale(8, 0)));
    var optimizer = new PlainOptimizer(spec);
    var weights = weights(1, 1);
    optimizer.update(weights, weights(Double.NaN, 0));
    optimizer.update(weights, weights(0, 0));
    assertThat(optimizer.lossScale()).isEqualTo(8);
    assertThat(value(weights, "a")).isEqualTo(1);
  }

  /** Steps of 2^-10 are below what bfloat16 sees of 1; the copy adds them up. */
  @Test
  void smallStepsAreKeptInTheMasterCopy() {
    var type = TensorType.scalar(DType.BF16);
    var weights = new LinkedHashMap<>(Map.of("a", Tensor.of(type, 1)));
    var optimizer = new PlainOptimizer(SGD);
    for (int step = 0; step < 8; step++) {
      optimizer.update(weights, Map.of("a", Tensor.of(type, 0x1p-10)));
    }
    assertThat(weights.values().iterator().next().scalar()).isEqualTo(1 - 0x1p-7);
  }

  private static Map<String, Tensor> weights(double a, double b) {
    var weights = new LinkedHashMap<String, Tensor>();
    weights.put("a", Tensor.scalar(DType.F64, a));
    weights.put("b", Tensor.scalar(DType.F64, b));
    return weights;
  }

  private static double value(Map<String, Tensor> weights, String name) {
    return weights.getOrDefault(name, Tensor.scalar(DType.F64, Double.NaN)).scalar();
  }
}
