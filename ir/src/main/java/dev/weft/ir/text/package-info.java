/** The canonical text form of the IR: printer and parser. */
@NullMarked
package dev.weft.ir.text;

import org.jspecify.annotations.NullMarked;
