package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** A tensor: {@code x[batch, seq, model]}, or {@code x[..., model]} of any rank from one up. */
public record TensorFormal(Name name, AxisPattern axes, Span span) implements Formal {}
