package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;

/** {@code e[seq as source]}: the same tensor, its axes under other names. */
public record RenameExpression(Expression operand, List<AxisRename> renames, Span span)
    implements Expression {
  public RenameExpression {
    renames = List.copyOf(renames);
  }
}
