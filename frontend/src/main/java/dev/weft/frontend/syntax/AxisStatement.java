package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;

/** {@code axis batch, seq} or {@code axis key = model / heads}. */
public record AxisStatement(List<AxisDeclarator> declarators, Span span) implements Statement {
  public AxisStatement {
    declarators = List.copyOf(declarators);
  }
}
