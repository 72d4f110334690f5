package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** {@code left + right} and its like. */
public record BinaryExpression(
    BinaryOperator operator, Expression left, Expression right, Span span) implements Expression {}
