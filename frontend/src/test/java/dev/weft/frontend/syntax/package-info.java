/** Tests of the syntax: what is read, what is reported, and how it is laid out. */
@NullMarked
package dev.weft.frontend.syntax;

import org.jspecify.annotations.NullMarked;
