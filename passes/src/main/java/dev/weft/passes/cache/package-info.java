/**
 * What stays in a memory that is too small for everything, when all uses are known in advance.
 *
 * <p>Entry points: {@link dev.weft.passes.cache.FurthestNextUse} says what is fetched and evicted
 * at each use; {@link dev.weft.passes.cache.Filling} what is worth a place for the whole time.
 * Never: a program; these are decisions about sizes and sequences alone.
 */
@NullMarked
package dev.weft.passes.cache;

import org.jspecify.annotations.NullMarked;
