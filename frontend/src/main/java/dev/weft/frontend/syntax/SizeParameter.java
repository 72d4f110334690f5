package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** A size with its default in the header of a model: {@code ffn = 4 * model}. */
public record SizeParameter(Name name, Expression value, Span span) implements SyntaxNode {}
