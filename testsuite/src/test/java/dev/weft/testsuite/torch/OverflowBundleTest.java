package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Source;
import dev.weft.testsuite.models.SteepModel;
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
      SteepModel.trainedBy("sgd(lr: 1e-3, loss_scale: dynamic(initial: 4096, interval: 2))");

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
      var training = trainings.get(i);
      var steps = SteepModel.steps(training.bundle().compilation(), STEPS);
      assertThat(steps).startsWith("skip ").contains("step skip ");
      training.assertSameLosses(ended.get(i), TOLERANCE);
    }
  }
}
