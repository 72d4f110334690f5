package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** {@code loss = e}: the scalar to minimise. */
public record LossStatement(Expression value, Span span) implements Statement {}
