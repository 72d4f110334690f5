/** Tests of the standard library. */
@NullMarked
package dev.weft.frontend.std;

import org.jspecify.annotations.NullMarked;
