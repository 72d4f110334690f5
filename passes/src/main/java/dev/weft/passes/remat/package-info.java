/**
 * What the backward computes again instead of keeping it from the forward.
 *
 * <p>Entry point: {@link dev.weft.passes.remat.Remat}. The forward and the backward of a function
 * meet in regions: the function's own body, and each pair of a {@code repeat} and its reverse. A
 * policy chooses for every region which values are kept; one rewrite applies the choice. Never: a
 * pass that shares equal code after this one, since it would merge the copies again.
 */
@NullMarked
package dev.weft.passes.remat;

import org.jspecify.annotations.NullMarked;
