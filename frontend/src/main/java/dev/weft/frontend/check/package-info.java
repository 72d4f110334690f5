/**
 * From a syntax tree to IR: names, axes, sizes and types.
 *
 * <p>{@link dev.weft.frontend.check.Frontend} takes a source and options and gives a {@link
 * dev.weft.frontend.check.CheckedModel}, or diagnostics. Sizes are bound first, from the model's
 * defaults, the recipe, a preset and the command line; then the body of the model is executed once,
 * statement by statement, every block where it is called and every repeat as one region, so that
 * the work does not grow with the number of layers.
 *
 * <p>Never: a shape rule that an op knows ({@link dev.weft.ir.graph.TypeMismatch} becomes a
 * diagnostic at the operand); an exception because of what a user wrote; a second report of one
 * mistake (what is wrong is {@code Unknown}, and silent from then on).
 */
@NullMarked
package dev.weft.frontend.check;

import org.jspecify.annotations.NullMarked;
