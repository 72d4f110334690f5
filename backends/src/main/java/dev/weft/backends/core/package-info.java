/**
 * What every code writer shares: the diagnostics of this room and the writing of a bundle to disk.
 *
 * <p>Never: a search, a price, or anything that belongs to one target.
 */
@NullMarked
package dev.weft.backends.core;

import org.jspecify.annotations.NullMarked;
