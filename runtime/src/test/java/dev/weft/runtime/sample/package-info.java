/** Random ops and programs that the tests of several packages share. */
@NullMarked
package dev.weft.runtime.sample;

import org.jspecify.annotations.NullMarked;
