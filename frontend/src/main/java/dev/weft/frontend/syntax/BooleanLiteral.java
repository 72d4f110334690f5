package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** {@code true} or {@code false}. */
public record BooleanLiteral(boolean value, Span span) implements Expression {}
