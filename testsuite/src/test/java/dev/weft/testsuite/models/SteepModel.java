package dev.weft.testsuite.models;

import dev.weft.cli.compile.Compilation;
import dev.weft.ir.source.Source;
import dev.weft.runtime.grid.Grid;
import dev.weft.runtime.tensor.Tensor;
import dev.weft.runtime.train.Batches;
import dev.weft.runtime.train.TrainingRun;
import dev.weft.runtime.train.Weights;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** A model in float16 whose gradients overflow where the scale of the loss is large. */
public final class SteepModel {
  private SteepModel() {}

  /**
   * The model.
   *
   * @param optimizer as the language writes it
   */
  public static Source trainedBy(String optimizer) {
    return new Source(
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
          optimizer = %s
        }
        """
            .formatted(optimizer));
  }

  /** Which steps of a run changed the weights: {@code "skip step "}, a word for each. */
  public static String steps(Compilation compilation, int count) {
    var step = compilation.step().orThrow();
    var whole = compilation.model().module().only();
    var run =
        new TrainingRun(
            step, new Grid(step.mesh(), Duration.ofMinutes(1)), Weights.initial(whole, 0));
    var batches = Batches.synthetic(whole, 0);
    var seen = new StringBuilder();
    for (int n = 1; n <= count; n++) {
      var before = run.weights();
      run.next(batches.batch(n));
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
