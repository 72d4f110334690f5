/** Source text, spans and diagnostics: a user's mistake is a value that points into a source. */
@NullMarked
package dev.weft.ir.source;

import org.jspecify.annotations.NullMarked;
