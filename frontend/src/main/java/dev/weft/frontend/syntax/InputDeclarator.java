package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * One input.
 *
 * @param element the element type as it was written: {@code i32} or {@code float} where it is right
 * @param bound the size that the values of an integer input stay below
 * @param feed where the values come from when the user gives a text
 */
public record InputDeclarator(
    Name name,
    Name element,
    List<Name> axes,
    Optional<Expression> bound,
    Optional<TextFeed> feed,
    Span span)
    implements SyntaxNode {
  public InputDeclarator {
    axes = List.copyOf(axes);
  }
}
