package dev.weft.cli.fit;

import dev.weft.cli.pricing.PricedStep;

/**
 * A step and what it took.
 *
 * @param source that published it
 * @param seconds measured
 */
public record TimedRun(String source, PricedStep step, double seconds) {
  /** The name of its software stack. */
  public String stack() {
    return step.job().software().name();
  }

  /** The family of its software stack. */
  public String family() {
    return step.job().software().family();
  }

  /** Whether it says something of the family of its stack. */
  boolean isTypical() {
    return step.job().software().typical();
  }

  /** ln(predicted / measured) where the stack has these constants. */
  public double error(StackConstants constants) {
    var moved = step.under(constants.applied(step.job().software()));
    return Math.log(moved.price().seconds() / seconds);
  }
}
