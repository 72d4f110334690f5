/**
 * The standard library: blocks written in Weft and bundled with the compiler.
 *
 * <p>{@link dev.weft.frontend.std.StandardLibrary} gives the blocks and their sources. Never: a
 * block that does what the language cannot.
 */
@NullMarked
package dev.weft.frontend.std;

import org.jspecify.annotations.NullMarked;
