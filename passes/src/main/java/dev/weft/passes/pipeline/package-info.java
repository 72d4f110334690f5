/** The one explicit list of passes, in order. */
@NullMarked
package dev.weft.passes.pipeline;

import org.jspecify.annotations.NullMarked;
