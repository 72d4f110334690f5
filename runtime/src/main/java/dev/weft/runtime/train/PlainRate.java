package dev.weft.runtime.train;

import dev.weft.ir.op.RateSchedule;

/** The learning rate of a step, written down on its own from the formulas of the documentation. */
final class PlainRate {
  private PlainRate() {}

  /** The rate of a step, which is counted from 1. */
  static double of(RateSchedule schedule, int step) {
    double peak = schedule.peak();
    double warmup = schedule.warmup();
    if (step < warmup) {
      return peak * (step / warmup);
    }
    double left = Math.max(0, (schedule.steps() - step) / (schedule.steps() - warmup));
    double above = peak - schedule.end();
    return switch (schedule.shape()) {
      case CONSTANT -> peak;
      case LINEAR -> schedule.end() + above * left;
      case COSINE -> schedule.end() + above * Math.pow(Math.sin(Math.PI / 2 * left), 2);
      case INVERSE_SQRT -> peak / Math.sqrt(step / Math.max(warmup, 1));
    };
  }
}
