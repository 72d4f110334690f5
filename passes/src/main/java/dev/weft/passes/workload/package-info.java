/**
 * What one device has to do for a micro-batch, read off its lowered program: kernels, collectives
 * and the bytes that are kept, for each section of the model along its depth.
 *
 * <p>Entry point: {@link dev.weft.passes.workload.Workload#of}.
 *
 * <p>Never: how long anything takes; that depends on a cluster.
 */
@NullMarked
package dev.weft.passes.workload;

import org.jspecify.annotations.NullMarked;
