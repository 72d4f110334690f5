/** From the usual degrees (dp, tp, sp, …) to a plan for a given model. */
@NullMarked
package dev.weft.passes.knobs;

import org.jspecify.annotations.NullMarked;
