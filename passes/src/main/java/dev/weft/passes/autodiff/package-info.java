/** Reverse-mode differentiation of the loss by the weights, on the IR. */
@NullMarked
package dev.weft.passes.autodiff;

import org.jspecify.annotations.NullMarked;
