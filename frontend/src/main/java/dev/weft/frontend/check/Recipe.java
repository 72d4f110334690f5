package dev.weft.frontend.check;

import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.type.DType;

/**
 * How a model is trained.
 *
 * @param batch size of the axis {@link #BATCH_AXIS}; 1 where the model has none
 * @param precision element type of weights and activations
 */
public record Recipe(long batch, OptimizerSpec optimizer, DType precision) {
  /** The axis of the examples of one step. */
  public static final String BATCH_AXIS = "batch";
}
