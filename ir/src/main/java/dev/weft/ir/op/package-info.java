/** One file per operation: result types, factor map, work and gradient. */
@NullMarked
package dev.weft.ir.op;

import org.jspecify.annotations.NullMarked;
