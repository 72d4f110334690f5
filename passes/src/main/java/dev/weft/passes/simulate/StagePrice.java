package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Phase;

/**
 * What one micro-batch of one stage takes.
 *
 * @param inputBytes what the stage receives from the one before it
 * @param savedBytes kept from the forward to the backward
 * @param peakBytes the most that its largest layer needs at once besides
 * @param elements of its weights on one device
 */
record StagePrice(
    Seconds forward,
    Seconds inputGradient,
    Seconds weightGradient,
    long inputBytes,
    long savedBytes,
    long peakBytes,
    long elements) {
  Seconds of(Phase phase) {
    return switch (phase) {
      case FORWARD -> forward;
      case BACKWARD -> inputGradient.plus(weightGradient);
      case INPUT_GRADIENT -> inputGradient;
      case WEIGHT_GRADIENT -> weightGradient;
    };
  }
}
