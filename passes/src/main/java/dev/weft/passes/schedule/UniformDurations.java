package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;

/**
 * Stages that all take equally long. A whole backward takes as long as its halves.
 *
 * @param forward of one micro-batch in one stage
 * @param inputGradient of one micro-batch in one stage
 * @param weightGradient of one micro-batch in one stage
 */
public record UniformDurations(
    double forward, double inputGradient, double weightGradient, double transfer)
    implements Durations {
  public UniformDurations {
    if (forward < 0 || inputGradient < 0 || weightGradient < 0 || transfer < 0) {
      throw new IllegalArgumentException("a duration below 0");
    }
  }

  @Override
  public double of(Action action) {
    return switch (action.phase()) {
      case FORWARD -> forward;
      case BACKWARD -> inputGradient + weightGradient;
      case INPUT_GRADIENT -> inputGradient;
      case WEIGHT_GRADIENT -> weightGradient;
    };
  }
}
