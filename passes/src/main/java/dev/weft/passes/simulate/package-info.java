/**
 * What a training step takes: discrete events over the schedule of one representative of each class
 * of equal devices, memory over time, and what binds.
 *
 * <p>Entry point: {@link dev.weft.passes.simulate.Simulation#of}.
 *
 * <p>Never: a choice among plans.
 */
@NullMarked
package dev.weft.passes.simulate;

import org.jspecify.annotations.NullMarked;
