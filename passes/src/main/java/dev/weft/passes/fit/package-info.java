/**
 * From measured times of kernels to the constants of a device: the same formulas that price a
 * kernel, inverted by a search.
 *
 * <p>Entry points: {@link dev.weft.passes.fit.EngineFit}, and {@link dev.weft.passes.fit.Spread}
 * for how well a device's constants explain measurements.
 *
 * <p>Never: a constant that depends on a model, a program or the source of a measurement.
 */
@NullMarked
package dev.weft.passes.fit;

import org.jspecify.annotations.NullMarked;
