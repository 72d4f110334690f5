package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;

/** {@code [a, b]} as an argument: {@code sum(x, over: [batch, seq])}. */
public record ListExpression(List<Expression> items, Span span) implements Expression {
  public ListExpression {
    items = List.copyOf(items);
  }
}
