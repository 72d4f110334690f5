package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Source;
import dev.weft.testsuite.models.SteepModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
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

  @TestFactory
  Stream<DynamicTest> stepsAreLeftOutAsInTheRuntime() throws IOException, InterruptedException {
    var claims = new ArrayList<Claim>();
    for (var knobs : List.of("dp=2,zero=1", "pp=2,micro=4")) {
      var bundle = Emitted.into(folder, MODEL, knobs);
      var steps = SteepModel.steps(bundle.compilation(), STEPS);
      assertThat(steps).startsWith("skip ").contains("step skip ");
      claims.add(new EmittedTraining(bundle, STEPS).claim(TOLERANCE));
    }
    return Claim.tests(claims);
  }
}
