/**
 * What a pass is, and the pipeline that runs passes in a checked order.
 *
 * <p>Entry point: {@link dev.weft.passes.core.Pipeline}. Never: a pass that keeps state between
 * runs, or reads a clock or the order of a hash table.
 */
@NullMarked
package dev.weft.passes.core;

import org.jspecify.annotations.NullMarked;
