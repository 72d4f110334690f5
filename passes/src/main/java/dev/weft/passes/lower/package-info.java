/** From sharded whole values to one device's program with explicit collectives. */
@NullMarked
package dev.weft.passes.lower;

import org.jspecify.annotations.NullMarked;
