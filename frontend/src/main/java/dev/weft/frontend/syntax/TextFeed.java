package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.Optional;

/** {@code from text shift 1}: fed by the user's text, so many tokens further on. */
public record TextFeed(Optional<NumberLiteral> shift, Span span) implements SyntaxNode {}
