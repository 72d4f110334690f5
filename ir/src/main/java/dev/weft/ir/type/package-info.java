/** Logical tensor types with named dimensions; no device knowledge. */
@NullMarked
package dev.weft.ir.type;

import org.jspecify.annotations.NullMarked;
