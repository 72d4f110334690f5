package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.type.DType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The test that a bundle brings along: it equals {@code model_ref.py}. */
record Parity(Emitted bundle) {
  private static final int STEPS = 3;

  /** What {@code test_parity.py} trains by, whatever the recipe says. */
  private static final OptimizerSpec DESCENT = new OptimizerSpec.Sgd(0.1, 0);

  /** The bundle equals {@code model_ref.py}. */
  Claim claim() {
    return new Claim(
        bundle + " equals model_ref.py", bundle.command("test_parity.py"), this::passed);
  }

  /**
   * The bundle equals {@code model_ref.py}, and its losses are those of our own runtime. Its recipe
   * must be that by which its test trains.
   *
   * @param tolerance the relative error that a loss may have
   */
  Claim claimWithRuntime(double tolerance) {
    var recipe = bundle.compilation().model().recipe();
    assertThat(recipe.optimizer()).isEqualTo(DESCENT);
    assertThat(recipe.precision()).isEqualTo(DType.F64);
    return new Claim(
        bundle + " equals model_ref.py and the runtime",
        bundle.command("test_parity.py", "--json", result().toString()),
        ended -> {
          passed(ended);
          new RuntimeLosses(bundle, STEPS).assertEqual(losses(), tolerance);
        });
  }

  private void passed(Python.Ended ended) {
    assertThat(ended.output())
        .contains("PASS: " + STEPS + " steps on " + bundle.ranks() + " ranks");
    assertThat(ended.code()).isZero();
  }

  private Path result() {
    return bundle.beside("parity.json");
  }

  private List<Double> losses() throws IOException {
    var losses = new ArrayList<Double>();
    new ObjectMapper()
        .readTree(result().toFile())
        .path("loss")
        .forEach(x -> losses.add(x.asDouble()));
    return losses;
  }
}
