package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;

/**
 * How long work takes, in any one unit of time. A whole backward takes as long as its halves.
 *
 * @param forward of one micro-batch in one stage
 * @param inputGradient of one micro-batch in one stage
 * @param weightGradient of one micro-batch in one stage
 * @param transfer from a device to another; work may go on meanwhile
 */
public record Durations(
    double forward, double inputGradient, double weightGradient, double transfer) {
  /** F, I and W take 1 each, messages nothing. */
  public static final Durations UNIT = new Durations(1, 1, 1, 0);

  public Durations {
    if (forward < 0 || inputGradient < 0 || weightGradient < 0 || transfer < 0) {
      throw new IllegalArgumentException("a duration below 0");
    }
  }

  public double of(Action action) {
    return switch (action.phase()) {
      case FORWARD -> forward;
      case BACKWARD -> inputGradient + weightGradient;
      case INPUT_GRADIENT -> inputGradient;
      case WEIGHT_GRADIENT -> weightGradient;
    };
  }
}
