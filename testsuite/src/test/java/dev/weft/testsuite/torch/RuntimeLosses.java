package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.weft.cli.training.Training;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The losses that a bundle's plan has on our own virtual devices. */
record RuntimeLosses(Emitted bundle, int steps) {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /**
   * @param tolerance the relative error that a loss may have
   */
  void assertEqual(List<Double> losses, double tolerance) {
    var run = new Training(steps, 0, Optional.empty(), Training.Proof.NONE, TIMEOUT);
    var expected = run.run(bundle.compilation()).orThrow().losses();
    assertThat(losses).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(losses.get(i) / expected.get(i)).isCloseTo(1, offset(tolerance));
    }
  }
}
