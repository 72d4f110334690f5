/** Propagation of a plan's seeds through factor maps: every value gets a sharding. */
@NullMarked
package dev.weft.passes.shard;

import org.jspecify.annotations.NullMarked;
