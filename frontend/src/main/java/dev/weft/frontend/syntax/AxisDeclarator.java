package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.Optional;

/** One axis of an {@code axis} statement; without a size it is open. */
public record AxisDeclarator(Name name, Optional<Expression> size, Span span)
    implements SyntaxNode {}
