package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** {@code return e}: the result of a block. */
public record ReturnStatement(Expression value, Span span) implements Statement {}
