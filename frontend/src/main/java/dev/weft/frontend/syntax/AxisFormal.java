package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** An axis: {@code heads: axis}. */
public record AxisFormal(Name name, Span span) implements Formal {}
