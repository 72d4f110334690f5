package dev.weft.frontend.check;

import dev.weft.ir.source.Span;
import java.util.OptionalLong;

/**
 * The size of a parameter or an axis.
 *
 * @param value empty where the reason for its lack has been reported
 * @param given the text that decided it: a default, a setting, or the declaration
 */
record Size(OptionalLong value, Span given) {}
