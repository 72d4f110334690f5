package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;

/** {@code input tokens: i32[batch, seq] in vocab from text}; several are separated by commas. */
public record InputStatement(List<InputDeclarator> declarators, Span span) implements Statement {
  public InputStatement {
    declarators = List.copyOf(declarators);
  }
}
