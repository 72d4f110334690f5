/** Models with plans, and what follows from them. */
@NullMarked
package dev.weft.cli.compile;

import org.jspecify.annotations.NullMarked;
