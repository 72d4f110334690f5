package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** One line of a preset or a recipe: {@code layers = 32}, {@code precision = bf16}. */
public record Setting(Name name, Expression value, Span span) implements SyntaxNode {}
