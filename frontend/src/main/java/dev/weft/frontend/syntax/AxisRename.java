package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** {@code seq as source}. */
public record AxisRename(Name from, Name to, Span span) implements SyntaxNode {}
