package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.Optional;

/**
 * {@code x = e} or {@code q[batch, seq, heads, key] = e}.
 *
 * @param axes the axes of the result; products in {@code value} sum over all others
 */
public record BindStatement(Name name, Optional<AxisPattern> axes, Expression value, Span span)
    implements Statement {}
