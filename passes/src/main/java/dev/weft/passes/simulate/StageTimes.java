package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Phase;

/**
 * The price of a stage with sums of it that are made once.
 *
 * @param forward seconds
 * @param inputGradient seconds
 * @param weightGradient seconds
 * @param backward seconds of both gradients
 */
record StageTimes(
    StagePrice price,
    double forward,
    double inputGradient,
    double weightGradient,
    double backward) {
  static StageTimes of(StagePrice price) {
    return new StageTimes(
        price,
        price.forward().total(),
        price.inputGradient().total(),
        price.weightGradient().total(),
        price.of(Phase.BACKWARD).total());
  }

  double of(Phase phase) {
    return switch (phase) {
      case FORWARD -> forward;
      case BACKWARD -> backward;
      case INPUT_GRADIENT -> inputGradient;
      case WEIGHT_GRADIENT -> weightGradient;
    };
  }

  long savedBytes() {
    return price.savedBytes();
  }

  /** What its largest layer needs while it runs, with what the stage receives. */
  long workingBytes() {
    return price.peakBytes() + price.inputBytes();
  }
}
