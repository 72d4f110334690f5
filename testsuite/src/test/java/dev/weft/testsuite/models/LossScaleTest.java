package dev.weft.testsuite.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.training.Training;
import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Source;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients that overflow float16 until the scale of the loss has come down, and again whenever it
 * has grown: with a loss of some thousands a scale of 32768 is far too much.
 */
class LossScaleTest {
  private static final Source MODEL =
      SteepModel.trainedBy("sgd(lr: 1e-4, loss_scale: dynamic(interval: 2))");

  private static final int STEPS = 14;

  @ParameterizedTest
  @ValueSource(strings = {"dp=2,zero=1", "tp=2", "dp=2,tp=2,zero=3,micro=2", "pp=2,micro=4"})
  void stepsThatOverflowChangeNothing(String knobs) {
    var compilation = Compilation.of(MODEL, Options.NONE, PlanChoice.knobs(knobs)).orThrow();
    assertThat(SteepModel.steps(compilation, STEPS))
        .matches("(skip ){2,9}((step )+skip )+(step )*");
    var check = Training.proved(STEPS).run(compilation).orThrow().check().orElseThrow();
    assertThat(check.passed()).as("%s", check).isTrue();
  }
}
