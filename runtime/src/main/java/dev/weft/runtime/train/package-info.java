/**
 * Training runs and what they start from, as {@code docs/reproducibility.md} defines it: weights,
 * batches, steps; the parallel run on the grid, the serial run on the oracle, and their comparison.
 *
 * <p>Entry points: {@link dev.weft.runtime.train.TrainingRun}, {@link
 * dev.weft.runtime.train.SerialRun}, {@link dev.weft.runtime.train.Comparison}.
 *
 * <p>Never: a random number that does not follow from a seed, a name and an index.
 */
@NullMarked
package dev.weft.runtime.train;

import org.jspecify.annotations.NullMarked;
