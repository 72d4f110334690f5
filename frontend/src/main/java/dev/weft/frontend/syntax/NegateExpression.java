package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** {@code -e}; binds tighter than {@code *}. */
public record NegateExpression(Expression operand, Span span) implements Expression {}
