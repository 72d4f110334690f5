package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Phase;

/**
 * What one micro-batch of one stage takes.
 *
 * @param inputBytes what the stage receives from the one before it
 * @param savedBytes kept from the forward to the backward
 * @param peakBytes the most that its largest layer needs at once besides
 */
record StagePrice(
    Seconds forward,
    Seconds inputGradient,
    Seconds weightGradient,
    long inputBytes,
    long savedBytes,
    long peakBytes) {
  /** The slower of two devices in each phase. */
  StagePrice slower(StagePrice other) {
    return new StagePrice(
        slower(forward, other.forward),
        slower(inputGradient, other.inputGradient),
        slower(weightGradient, other.weightGradient),
        inputBytes,
        Math.max(savedBytes, other.savedBytes),
        Math.max(peakBytes, other.peakBytes));
  }

  private static Seconds slower(Seconds one, Seconds other) {
    return one.total() >= other.total() ? one : other;
  }

  Seconds of(Phase phase) {
    return switch (phase) {
      case FORWARD -> forward;
      case BACKWARD -> inputGradient.plus(weightGradient);
      case INPUT_GRADIENT -> inputGradient;
      case WEIGHT_GRADIENT -> weightGradient;
    };
  }
}
