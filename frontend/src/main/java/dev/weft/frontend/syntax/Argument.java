package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.Optional;

/** An argument of a call, by position or by name. */
public record Argument(Optional<Name> name, Expression value, Span span) implements SyntaxNode {}
