/**
 * Training a compiled model on the grid of virtual devices, and proving it against the serial run.
 *
 * <p>Entry point: {@link dev.weft.cli.training.Training}. This is where the compiler and the
 * runtime meet.
 *
 * <p>Never: a number that is not measured or compared here.
 */
@NullMarked
package dev.weft.cli.training;

import org.jspecify.annotations.NullMarked;
