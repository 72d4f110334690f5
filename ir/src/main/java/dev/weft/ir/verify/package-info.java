/** Checks that a module means what its types say. */
@NullMarked
package dev.weft.ir.verify;

import org.jspecify.annotations.NullMarked;
