package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** The training loop of a bundle, which must have the losses of our own runtime. */
record EmittedTraining(Emitted bundle, int steps) {
  /** The loss of the fourth step depends on the weights after three. */
  EmittedTraining(Emitted bundle) {
    this(bundle, 4);
  }

  /**
   * @param tolerance the relative error that a loss may have
   */
  Claim claim(double tolerance) {
    var command =
        bundle.command(
            "train.py",
            "--fork",
            Integer.toString(bundle.ranks()),
            "--steps",
            Integer.toString(steps),
            "--log-file",
            log().toString());
    return new Claim(
        bundle + " trains as the runtime does",
        command,
        ended -> {
          assertThat(ended.code()).as(ended.output()).isZero();
          var losses = List.copyOf(LossLog.read(log()).values());
          new RuntimeLosses(bundle, steps).assertEqual(losses, tolerance);
        });
  }

  private Path log() {
    return bundle.beside("losses.jsonl");
  }
}
