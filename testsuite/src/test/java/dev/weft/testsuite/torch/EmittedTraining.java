package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.weft.cli.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The training loop of a bundle, which must have the losses of our own runtime. */
record EmittedTraining(Emitted bundle, int steps) {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** The loss of the fourth step depends on the weights after three. */
  EmittedTraining(Emitted bundle) {
    this(bundle, 4);
  }

  Python.Command command() {
    return bundle.command(
        "train.py",
        "--fork",
        Integer.toString(bundle.ranks()),
        "--steps",
        Integer.toString(steps),
        "--log-file",
        log().toString());
  }

  private Path log() {
    return bundle.directory().resolveSibling(bundle.directory().getFileName() + ".jsonl");
  }

  /**
   * Asserts that it ended well.
   *
   * @param tolerance the relative error that a loss may have
   */
  void assertSameLosses(Python.Ended training, double tolerance) throws IOException {
    assertThat(training.code()).as(training.output()).isZero();
    var losses = List.copyOf(LossLog.read(log()).values());
    var run = new Training(steps, 0, Optional.empty(), Training.Proof.NONE, TIMEOUT);
    var expected = run.run(bundle.compilation()).orThrow().losses();
    assertThat(losses).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(losses.get(i) / expected.get(i)).isCloseTo(1, offset(tolerance));
    }
  }
}
