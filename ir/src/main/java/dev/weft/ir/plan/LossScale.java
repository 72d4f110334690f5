package dev.weft.ir.plan;

/**
 * How far the loss is scaled up before it is differentiated, so that small gradients do not vanish
 * in 16-bit numbers (Micikevicius et al. 2018, section 3.2). A step whose gradients are not finite
 * changes no weight.
 *
 * @param initial the scale of the first step
 * @param interval the number of steps with finite gradients after which the scale doubles; 0 for a
 *     scale that never changes
 */
public record LossScale(double initial, long interval) {
  /**
   * The greatest scale: with it the gradient of the loss by itself is still a number of 16 bits.
   */
  public static final double GREATEST = 0x1p15;

  public LossScale {
    if (!(initial >= 1 && initial <= GREATEST) || interval < 0) {
      throw new IllegalArgumentException("loss scale " + initial + " over " + interval + " steps");
    }
  }
}
