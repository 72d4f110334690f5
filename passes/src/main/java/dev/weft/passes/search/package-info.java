/**
 * Finds the plan with the shortest step that fits the memory: every legal combination of the knobs,
 * less those that a lower bound of their step, or of their memory, rules out.
 *
 * <p>Entry point: {@link dev.weft.passes.search.Search#run}.
 *
 * <p>Invariants: only plans change here, never a program; what a plan costs is known from workloads
 * and their simulation alone. The result does not depend on the timing of threads.
 *
 * <p>Never: a pass, or a formula of a cost.
 */
@NullMarked
package dev.weft.passes.search;

import org.jspecify.annotations.NullMarked;
