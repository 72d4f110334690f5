package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** A number or a truth value with its default: {@code eps = 1e-5}, {@code causal = false}. */
public record ValueFormal(Name name, Expression value, Span span) implements Formal {}
