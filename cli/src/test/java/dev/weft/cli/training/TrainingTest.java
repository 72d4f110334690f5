package dev.weft.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingTest {
  private static final String MODEL =
      """
      model tiny(inner = 8) {
        axis batch, features
        input x: float[batch, features]
        param w: [features, inner] = normal(1), v: [inner] = normal(1)
        h[batch, inner] = tanh(x * w)
        y[batch] = h * v
        output y
        loss = mean(square(y))
      }
      train tiny { batch = 8, features = 4, precision = f64, optimizer = adam(lr: 1e-2) }
      """;

  private static Compilation compilation(String model, String plan) {
    var choice = PlanChoice.knobs(plan);
    return Compilation.of(new Source("tiny.weft", model), Options.NONE, choice).orThrow();
  }

  @Test
  void manyStepsAreProved() {
    var result = Training.proved(5).run(compilation(MODEL, "dp=2,tp=2,zero=1,micro=2")).orThrow();
    assertThat(result.check().orElseThrow().passed()).isTrue();
    assertThat(result.losses()).hasSize(5);
    assertThat(result.losses().getLast()).isLessThan(result.losses().getFirst());
    assertThat(result.traffic())
        .hasEntrySatisfying("reduce_scatter", t -> assertThat(t.calls()).isEqualTo(5 * 4));
  }

  @Test
  void everyStepIsSeenOnce() {
    var seen = new ArrayList<Double>();
    var result =
        Training.proved(3).run(compilation(MODEL, "dp=2"), (_, loss) -> seen.add(loss)).orThrow();
    assertThat(seen).isEqualTo(result.losses());
  }

  @Test
  void withoutProofNothingIsCompared() {
    var training =
        new Training(1, 0, Optional.empty(), Training.Proof.NONE, Duration.ofSeconds(60));
    assertThat(training.run(compilation(MODEL, "dp=2")).orThrow().check()).isEmpty();
  }

  /** With no time at all, the first device to come to a collective gives up. */
  @Test
  void aTimeOutSaysWhoWaits() {
    var training = new Training(1, 0, Optional.empty(), Training.Proof.NONE, Duration.ZERO);
    var late = training.run(compilation(MODEL, "dp=2")).diagnostics();
    assertThat(late).singleElement().extracting(d -> d.code()).isEqualTo(TrainingCode.TIME_OUT);
    assertThat(late.getFirst().message())
        .containsPattern("device [01] waits in all_reduce .* for \\[[01]\\]")
        .contains("device 0 ", "device 1 ");
  }

  @Test
  void aLossThatIsNoNumberProvesNothing() {
    var model = MODEL.replace("mean(square(y))", "mean(log(y - y)) - mean(log(y - y))");
    var check = Training.proved(1).run(compilation(model, "dp=2")).orThrow().check().orElseThrow();
    assertThat(check.passed()).isFalse();
  }

  @Test
  void everyErrorCounts() {
    assertThat(new Check(1e-13, 1e-13, 1e-13, 1e-13, "loss", 1e-12).passed()).isTrue();
    assertThat(new Check(2e-12, 0, 0, 0, "loss", 1e-12).passed()).isFalse();
    assertThat(new Check(0, 2e-12, 0, 0, "gradient w", 1e-12).passed()).isFalse();
    assertThat(new Check(0, 0, 2e-12, 0, "output y", 1e-12).passed()).isFalse();
    assertThat(new Check(0, 0, 0, 2e-12, "weight w", 1e-12).passed()).isFalse();
    assertThat(new Check(Double.NaN, 0, 0, 0, "loss", 1e-12).passed()).isFalse();
  }
}
