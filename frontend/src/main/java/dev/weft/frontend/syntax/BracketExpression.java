package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;

/**
 * {@code e[…]}: a gather or an annotation; which of them depends on what the items name. One item
 * that is an {@code i32} tensor is a gather ({@code wte[tokens]}); names of axes, none, or an
 * ellipsis are an annotation.
 *
 * @param open whether the items begin with {@code ...}
 */
public record BracketExpression(Expression operand, boolean open, List<Expression> items, Span span)
    implements Expression {
  public BracketExpression {
    items = List.copyOf(items);
  }
}
