/** Tests of the checker: what programs mean in IR, and what is said of those that mean nothing. */
@NullMarked
package dev.weft.frontend.check;

import org.jspecify.annotations.NullMarked;
