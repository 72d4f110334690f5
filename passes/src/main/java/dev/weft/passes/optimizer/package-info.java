/** From gradients to a training step: micro-batches, gradient reduction, the weights' update. */
@NullMarked
package dev.weft.passes.optimizer;

import org.jspecify.annotations.NullMarked;
