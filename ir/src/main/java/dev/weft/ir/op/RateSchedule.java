package dev.weft.ir.op;

import java.util.Locale;

/**
 * A learning rate as a function of the training step t, counted from 1. For t up to {@code warmup}
 * it grows linearly, lr(t) = peak t / warmup; after that it follows {@link #shape}.
 *
 * @param peak the greatest rate
 * @param warmup the number of steps until the peak; 0 for none
 * @param shape how the rate falls
 * @param steps the step at which the rate has fallen to {@code end}, for the shapes that have one;
 *     from there on it stays
 * @param end the last rate
 */
public record RateSchedule(double peak, long warmup, Shape shape, long steps, double end) {
  /** How a learning rate falls after the warm-up. */
  public enum Shape {
    /** lr = peak. */
    CONSTANT,
    /**
     * lr = end + (peak - end) (1 + cos(π (t - warmup) / (steps - warmup))) / 2 (Loshchilov and
     * Hutter 2017, "SGDR", equation 5, without restarts).
     */
    COSINE,
    /** lr = end + (peak - end) (steps - t) / (steps - warmup). */
    LINEAR,
    /** lr = peak sqrt(max(warmup, 1) / t) (Vaswani et al. 2017, section 5.3). */
    INVERSE_SQRT;

    /** Whether the rate has fallen at some step. */
    public boolean ends() {
      return this == COSINE || this == LINEAR;
    }

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public RateSchedule {
    if (warmup < 0 || shape.ends() && steps <= warmup) {
      throw new IllegalArgumentException(
          "a rate that falls from step " + warmup + " to step " + steps);
    }
  }

  /** One rate at every step. */
  public static RateSchedule constant(double rate) {
    return new RateSchedule(rate, 0, Shape.CONSTANT, 0, rate);
  }

  public boolean isConstant() {
    return shape == Shape.CONSTANT && warmup == 0;
  }

  /** The rate of a step; the definition that every interpreter of the IR follows. */
  public double at(long step) {
    if (step <= warmup) {
      return peak * step / warmup;
    }
    return switch (shape) {
      case CONSTANT -> peak;
      case COSINE -> end + (peak - end) * (1 + Math.cos(Math.PI * fallen(step))) / 2;
      case LINEAR -> end + (peak - end) * (1 - fallen(step));
      case INVERSE_SQRT -> peak * Math.sqrt((double) Math.max(warmup, 1) / step);
    };
  }

  /** How far the rate has fallen, from 0 to 1. */
  private double fallen(long step) {
    return (double) (Math.min(step, steps) - warmup) / (steps - warmup);
  }
}
