/**
 * From what a benchmark measured on a machine to the spec of a cluster.
 *
 * <p>Entry points: {@link dev.weft.passes.calibrate.Readings} for what was measured, {@link
 * dev.weft.passes.calibrate.Calibration} for what is made of it. Never: a formula of its own about
 * time; the fits invert those of {@code price} and {@code network}.
 */
@NullMarked
package dev.weft.passes.calibrate;

import org.jspecify.annotations.NullMarked;
