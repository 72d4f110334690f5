/** Rewrites that keep the meaning: composites to primitives, folding, common and dead code. */
@NullMarked
package dev.weft.passes.simplify;

import org.jspecify.annotations.NullMarked;
