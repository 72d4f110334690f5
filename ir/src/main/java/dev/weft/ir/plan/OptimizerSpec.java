package dev.weft.ir.plan;

import dev.weft.ir.op.AdamUpdate;

/** The optimizer of a training recipe, with its constants. */
public sealed interface OptimizerSpec {
  /**
   * Stochastic gradient descent with classical momentum: v' = momentum v + g, p' = p - lr v'.
   * Without momentum it keeps no state.
   *
   * @param lr learning rate
   * @param momentum 0 for plain gradient descent
   */
  record Sgd(double lr, double momentum) implements OptimizerSpec {}

  /**
   * Adam (Kingma and Ba 2015, algorithm 1) and AdamW (Loshchilov and Hutter 2019), as {@link
   * AdamUpdate} defines them. Its state is the moments m and v.
   *
   * @param lr learning rate
   * @param eps added to the root of the second moment
   * @param decay how {@code weightDecay} enters: coupled is Adam, decoupled AdamW
   */
  record Adam(
      double lr, double beta1, double beta2, double eps, double weightDecay, AdamUpdate.Decay decay)
      implements OptimizerSpec {}
}
