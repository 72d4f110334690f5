/**
 * Prefetch: what a layer needs from other devices or from the host begins to come while the layer
 * before it computes.
 *
 * <p>Entry point: {@link dev.weft.passes.prefetch.BringAhead}. It comes last: it changes nothing
 * but when things happen. Never: a change of what is computed, or of what is brought.
 */
@NullMarked
package dev.weft.passes.prefetch;

import org.jspecify.annotations.NullMarked;
