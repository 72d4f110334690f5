package dev.weft.testsuite.torch;

import dev.weft.ir.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Emitted training whose gradients overflow float16 in the first steps, and again when the scale of
 * the loss has grown: steps are left out, and scales change, as in the runtime, or the losses would
 * part.
 */
class OverflowBundleTest {
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
            optimizer = sgd(lr: 1e-3, loss_scale: dynamic(initial: 4096, interval: 2))
          }
          """);

  private static final int STEPS = 12;

  /** Two units in the last place of a loss. */
  private static final double TOLERANCE = 0x1p-9;

  @TempDir private static Path folder = Path.of("");

  @Test
  void stepsAreLeftOutAsInTheRuntime() throws IOException, InterruptedException {
    var trainings = new ArrayList<EmittedTraining>();
    for (var knobs : List.of("dp=2,zero=1", "pp=2,micro=4")) {
      trainings.add(new EmittedTraining(Emitted.into(folder, MODEL, knobs), STEPS));
    }
    var ended = Python.find().run(trainings.stream().map(EmittedTraining::command).toList());
    for (int i = 0; i < trainings.size(); i++) {
      trainings.get(i).assertSameLosses(ended.get(i), TOLERANCE);
    }
  }
}
