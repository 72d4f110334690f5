package dev.weft.testsuite.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.training.Training;
import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Source;
import dev.weft.runtime.grid.Grid;
import dev.weft.runtime.tensor.Tensor;
import dev.weft.runtime.train.Batches;
import dev.weft.runtime.train.TrainingRun;
import dev.weft.runtime.train.Weights;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients that overflow float16 until the scale of the loss has come down, and again whenever it
 * has grown: with a loss of some thousands a scale of 32768 is far too much.
 */
class LossScaleTest {
  private static final Source MODEL =
      new Source(
          "steep.weft",
          """
          model steep(layers = 2, depth = 8) {
            axis batch
            axis feature = depth
            axis wide = 16
            input x: float[batch, feature]
            h = x
            repeat layers as blocks {
              param up: [feature, wide] = normal(0.3)
              param down: [wide, feature] = normal(0.3)
              a[batch, wide] = h * up
              d[batch, feature] = tanh(a) * down
              h = h + d
            }
            loss = 100 * mean(square(h))
          }
          train steep {
            batch = 8
            precision = f16
            optimizer = sgd(lr: 1e-4, loss_scale: dynamic(interval: 2))
          }
          """);

  private static final int STEPS = 14;

  @ParameterizedTest
  @ValueSource(strings = {"dp=2,zero=1", "tp=2", "dp=2,tp=2,zero=3,micro=2", "pp=2,micro=4"})
  void stepsThatOverflowChangeNothing(String knobs) {
    var compilation = Compilation.of(MODEL, Options.NONE, PlanChoice.knobs(knobs)).orThrow();
    assertThat(steps(compilation)).matches("(skip ){2,9}(step step skip )+(step ){0,2}");
    var check = Training.proved(STEPS).run(compilation).orThrow().check().orElseThrow();
    assertThat(check.passed()).as("%s", check).isTrue();
  }

  /** Which steps changed weights, all on one batch. */
  private static String steps(Compilation compilation) {
    var step = compilation.step().orThrow();
    var whole = compilation.model().module().only();
    var run =
        new TrainingRun(
            step, new Grid(step.mesh(), Duration.ofMinutes(1)), Weights.initial(whole, 0));
    var batch = Batches.synthetic(whole, 0).batch(1);
    var seen = new StringBuilder();
    for (int n = 0; n < STEPS; n++) {
      var before = run.weights();
      run.next(batch);
      seen.append(same(before, run.weights()) ? "skip " : "step ");
    }
    return seen.toString();
  }

  private static boolean same(Map<String, Tensor> before, Map<String, Tensor> after) {
    return before.keySet().equals(after.keySet())
        && before.entrySet().stream()
            .allMatch(
                e ->
                    Arrays.equals(
                        e.getValue().toArray(),
                        after.getOrDefault(e.getKey(), e.getValue()).toArray()));
  }
}
